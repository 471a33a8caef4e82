/** A quoted name, an address in angle brackets, a separator, or a word. Quotes and brackets that do not close on their line are words. */
const tokens = /"(?:[^"\\\n\r]|\\.)*"|<[^<>\n\r]*>|[,;\n\r]|[^\s,;"<>]+|["<>]/g;

/**
 * The addresses of a pasted list: separated by commas, semicolons, spaces or lines, also as `Name <a@b.example>` or as mail
 * programs copy links. A name before an address in brackets goes with it; every other word stays, however wrong, so that
 * nothing is lost in silence.
 */
export const parsePasted = (text: string): string[] => {
  const found: string[] = [];
  /** Where the words since the last separator or address begin. */
  let start = 0;
  for (const [token] of text.matchAll(tokens)) {
    if (/^[,;\n\r]$/.test(token)) start = found.length;
    else if (/^<.*\S.*>$/.test(token)) {
      const address = bare(token.slice(1, -1).trim());
      // What precedes it is a name, unless it is another address.
      for (const word of found.splice(start)) if (word.includes('@') && word !== address) found.push(word);
      found.push(address);
      start = found.length;
    } else found.push(bare(/^".*"$/.test(token) ? token.slice(1, -1).trim() : token));
  }
  return found.filter(Boolean);
};

/** Without what mail programs put around an address: `'ada@x.example'`, `mailto:ada@x.example?subject=…`. */
const bare = (word: string): string => word.replace(/^'(.+@.+)'$/, '$1').replace(/^mailto:([^?]+).*$/i, '$1');
