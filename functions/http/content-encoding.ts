export type Encoding = 'br' | 'gzip';

/** The encoding with the smallest result that an `Accept-Encoding` header accepts. Undefined if it accepts neither. */
export const chooseEncoding = (acceptEncoding = ''): Encoding | undefined => {
  const accepted = new Set(
    acceptEncoding
      .toLowerCase()
      .split(',')
      .filter((each) => !/;\s*q=0(\.0*)?\s*$/.test(each))
      .map((each) => each.split(';')[0]?.trim()),
  );
  return (['br', 'gzip'] as const).find((encoding) => accepted.has(encoding));
};
