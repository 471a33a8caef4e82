import type { TestStack } from './stack.ts';
import { everyItem } from './table-items.ts';

interface StoredMail {
  body: { text: string; html: string };
}

/** The secrets of all invite mails in the stack's inbox. */
export const mailedSecrets = async ({ endpoints: { inbox } }: TestStack): Promise<string[]> => {
  const { emails } = (await (await fetch(`${inbox}/store`)).json()) as { emails: StoredMail[] };
  const links = emails.flatMap(({ body: { text, html } }) => [
    ...`${text}\n${html}`.matchAll(/#\w+\.\w+\.([\w-]{43})/g),
  ]);
  return [...new Set(links.map(([, secret = '']) => secret))];
};

/** How a secret may be written: as it is, its bytes, and as part of a text that was encoded. */
const formsOf = (secret: string): string[] => {
  const bytes = Buffer.from(secret, 'base64url');
  const encoded = [0, 1, 2].map((offset) =>
    Buffer.from(`${' '.repeat(offset)}${secret}`)
      .toString('base64')
      .slice(offset === 0 ? 0 : 4, -4),
  );
  return [secret, bytes.toString('hex'), bytes.toString('base64'), ...encoded];
};

/** Of named texts, those that have one of the secrets in them. One pass, however many secrets there are. */
export const placesOf = (secrets: readonly string[], texts: Iterable<[place: string, text: string]>): string[] => {
  const forms = new Set(secrets.flatMap(formsOf));
  const lengths = new Set([...forms].map(({ length }) => length));
  const shortest = Math.min(...lengths);
  const tells = (run: string): boolean =>
    [...lengths].some((length) =>
      Array.from({ length: Math.max(0, run.length - length + 1) }, (_, start) => start).some((start) =>
        forms.has(run.slice(start, start + length)),
      ),
    );
  const runs = new RegExp(`[\\w+/=-]{${shortest},}`, 'g');
  return [...texts].flatMap(([place, text]) => ([...text.matchAll(runs)].some(([run]) => tells(run)) ? [place] : []));
};

/** Where the secrets of the mails are beside the mails: in what functions printed, and in the table. For the end of any suite. */
export const leaksOf = async (stack: TestStack): Promise<string[]> => {
  const secrets = await mailedSecrets(stack);
  if (secrets.length === 0) return [];
  const items = Object.entries(await everyItem(stack));
  return placesOf(secrets, [
    ['the log', stack.output.join('')],
    ...items.map(([key, item]): [string, string] => [`the item ${key}`, JSON.stringify(item)]),
  ]);
};
