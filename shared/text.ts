/** Replaces each `{name}` in a text by the value of that name. A placeholder without a value is left unchanged. */
export const fillIn = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);

/** Compares texts in DynamoDB's order, which is that of their UTF-8 bytes. */
export const compareUtf8 = (a: string, b: string): number => {
  const [left, right] = [utf8.encode(a), utf8.encode(b)];
  const differs = left.findIndex((byte, index) => byte !== right[index]);
  return differs < 0 ? left.length - right.length : (left[differs] ?? 0) - (right[differs] ?? -1);
};

const utf8 = new TextEncoder();

/** The size of a text in UTF-8. */
export const bytesOf = (text: string): number => utf8.encode(text).length;

/** Cuts a text to a number of bytes in UTF-8. A text that was cut ends with an ellipsis. */
export const shorten = (text: string, bytes: number): string => {
  if (bytesOf(text) <= bytes) return text;
  const letters = Array.from(text);
  while (bytesOf(`${letters.join('')}…`) > bytes) letters.pop();
  return `${letters.join('')}…`;
};

/** The bytes of a text in a Lambda response, which is JSON within JSON: each quote and backslash needs 4. */
export const answeredBytes = (text: string): number => bytesOf(JSON.stringify(JSON.stringify(text).slice(1, -1))) - 2;

/** The bytes of an object in a Lambda response, which is JSON with the body as a string. */
export const responseBytes = (body: unknown): number => bytesOf(JSON.stringify(JSON.stringify(body)));
