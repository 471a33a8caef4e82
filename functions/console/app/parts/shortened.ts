/** A text, or its beginning and an ellipsis if it has more letters. */
export const shortened = (text: string, lettersMax: number): string =>
  text.length > lettersMax ? `${text.slice(0, lettersMax - 1).toWellFormed()}…` : text;
