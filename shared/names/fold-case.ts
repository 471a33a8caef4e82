/**
 * Folds case by way of upper case, because ß has no common single capital letter (SS), and the Greek sigma has two small letters.
 */
export const foldCase = (text: string): string => text.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ');
