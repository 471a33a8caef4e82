/** Money as a person types it. null: the field is empty; undefined: it is no amount. */
export const parseAmount = (text: string): number | null | undefined => {
  const amount = text.replaceAll(/\s/g, '');
  if (amount === '') return null;
  return /^\d{1,13}(\.\d+)?$/.test(amount) ? Number(amount) : undefined;
};
