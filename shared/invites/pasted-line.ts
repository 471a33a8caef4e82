import { addressesInWord } from './pasted-word.ts';

/** Words between two separators: an address with its name, or a part of one of them. */
export interface Segment {
  addresses: string[];
  /** The whole text of the segment. */
  text: string;
}

export interface Line {
  segments: Segment[];
  /** The number of addresses in all segments. */
  addresses: number;
  hasTabs: boolean;
}

/** A link, a quoted text, a separator, an angle bracket, or a word. A quote that is not closed on its line is part of a word. */
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
    // Punctuation on its own is a separator: a bullet, a dash, a vertical bar.
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
        // Mail programs repeat the address of a person without a name: `ada@b.example <ada@b.example>`.
        const isSame = bracketed && current.addresses.at(-1)?.toLowerCase() === address.toLowerCase();
        if (!isSame) current.addresses.push(address);
      }
    bracketed = false;
  }
  const isHandle = (address: string) => address.lastIndexOf('@') === 0;
  // `@ada` is a name if the line also has an address.
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
