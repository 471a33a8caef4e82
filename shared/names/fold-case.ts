/** Folds case by way of capitals, because some letters have none of their own: ß is SS. The Greek s has two small letters. */
export const foldCase = (text: string): string => text.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ');
