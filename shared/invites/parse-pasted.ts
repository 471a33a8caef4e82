/** A quoted name, an address in angle brackets, a separator, or a word. */
const tokens = /"(?:[^"\\]|\\.)*"|<[^<>]*>|[,;\n\r]|[^\s,;"<>]+|["<>]/g;

/**
 * The addresses of a pasted list: separated by commas, semicolons, spaces or lines, also as `Name <a@b.example>`. A name
 * before an address in brackets goes with it; every other word stays, however wrong, so that nothing is lost in silence.
 */
export const parsePasted = (text: string): string[] => {
  const found: string[] = [];
  let words: string[] = [];
  const keep = () => {
    found.push(...words);
    words = [];
  };
  for (const [token] of text.matchAll(tokens)) {
    if (/^[,;\n\r]$/.test(token)) keep();
    else if (token.startsWith('<') && token.endsWith('>') && token.length > 2) {
      // What precedes it is a name, unless it is an address itself.
      words = words.filter((word) => word.includes('@'));
      keep();
      found.push(token.slice(1, -1).trim());
    } else if (token.startsWith('"') && token.length > 1) words.push(token.slice(1, -1).trim());
    else words.push(token);
  }
  keep();
  return found.filter(Boolean);
};
