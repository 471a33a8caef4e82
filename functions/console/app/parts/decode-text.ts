/**
 * The text of a file, in UTF-8 or UTF-16 with or without a byte order mark, or in Windows-1252: the encodings in which
 * spreadsheets save CSV.
 */
export const decodeText = (bytes: Uint8Array): string => {
  const encoding = encodingOf(bytes);
  if (encoding !== undefined) return new TextDecoder(encoding).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
};

/** Detects UTF-16 by its byte order mark, or by the zero byte of a Latin first letter. `TextDecoder` removes byte order marks. */
const encodingOf = ([first, second]: Uint8Array): string | undefined => {
  if ((first === 0xff && second === 0xfe) || second === 0) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || first === 0) return 'utf-16be';
  return undefined;
};
