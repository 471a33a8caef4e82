/** Truncates a text to a maximum length, including the ellipsis. */
export const shortened = (text: string, lettersMax: number): string =>
  text.length > lettersMax ? `${text.slice(0, lettersMax - 1).toWellFormed()}…` : text;
