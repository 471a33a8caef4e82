import { addressesInWord } from './pasted-word.ts';

/** Words between two separators: an address with its name, or a part of one of them. */
export interface Segment {
  addresses: string[];
  /** All its words. */
  text: string;
}

export interface Line {
  segments: Segment[];
  /** How many addresses its segments have. */
  addresses: number;
  hasTabs: boolean;
}

/** A link, a quoted text, a separator, an angle bracket, or a word. Quotes that do not close on their line are words. */
const tokens =
  /mailto:[^\s;<>"]+|"(?:[^"\\]|\\.|"")*"|[“„«「『][^“„«「『”»」』]*[”“»」』]|[,;\t、，；､﹐﹑﹔،؛]|[<＜〈《]|[^\s,;、，；､﹐﹑﹔،؛"<>＜＞〈〉《》]+|\S/giu;

export const readLine = (line: string): Line => {
  const segments: (Segment & { words: string[] })[] = [];
  let current: (typeof segments)[number] | undefined;
  let bracketed = false;
  for (const [token] of line.matchAll(tokens)) {
    const quoted = /^(?:"(.*)"|[“„«「『](.*)[”“»」』])$/u.exec(token);
    const inQuotes = quoted?.[1]?.replaceAll('""', '"').replace(/\\(.)/g, '$1') ?? quoted?.[2];
    const content = inQuotes ?? token;
    // Punctuation by itself separates: a bullet, a dash, a vertical bar.
    if (!/[\p{L}\p{N}@]/u.test(token)) {
      if (/^[<＜〈《]$/.test(token)) bracketed = true;
      else if (inQuotes === undefined && !/^[>＞〉》]$/.test(token)) current = undefined;
      continue;
    }
    if (!current) {
      current = { addresses: [], text: '', words: [] };
      segments.push(current);
    }
    current.words.push(content);
    for (const word of inQuotes?.split(/[\s,;]+/) ?? [token])
      for (const address of /[^@]@|@[^@]/.test(word) ? addressesInWord(word) : []) {
        // A mail program writes an address without a name twice: `ada@b.example <ada@b.example>`.
        const isSame = bracketed && current.addresses.at(-1)?.toLowerCase() === address.toLowerCase();
        if (!isSame) current.addresses.push(address);
      }
    bracketed = false;
  }
  const isHandle = (address: string) => address.lastIndexOf('@') === 0;
  // `@ada` is a name if it stands beside an address.
  const hasAddress = segments.some(({ addresses }) => !addresses.every(isHandle));
  const counted = segments.map(({ words, addresses }) => ({
    text: words.join(' '),
    addresses: hasAddress ? addresses.filter((address) => !isHandle(address)) : addresses,
  }));
  return {
    segments: counted,
    addresses: counted.flatMap(({ addresses }) => addresses).length,
    hasTabs: line.includes('\t'),
  };
};
