import { moneyMax } from '../../../../shared/limits.ts';

/** Money as a person types it. null: the field is empty; undefined: it is no amount that the API accepts. */
export const parseAmount = (text: string): number | null | undefined => {
  const amount = text.replaceAll(/\s/g, '');
  if (amount === '') return null;
  return /^\d+(\.\d+)?$/.test(amount) && Number(amount) <= moneyMax ? Number(amount) : undefined;
};
