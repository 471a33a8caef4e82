import { moneyMax } from '../../../../shared/limits.ts';

/** Parses a typed amount of money. Returns null for an empty field, and undefined for an amount that the API would refuse. */
export const parseAmount = (text: string): number | null | undefined => {
  const amount = text.replaceAll(/\s/g, '');
  if (amount === '') return null;
  return /^\d+(\.\d+)?$/.test(amount) && Number(amount) <= moneyMax ? Number(amount) : undefined;
};
