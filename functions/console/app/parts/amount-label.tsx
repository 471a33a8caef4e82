import { useCurrency } from '../organization/use-currency.ts';
import { partTexts as texts } from './texts.ts';

/** The label of a field for an amount of money: “Monthly limit (USD)”. */
export const AmountLabel = ({ text }: { text: string }) => {
  const currency = useCurrency();
  return currency === undefined ? text : texts.amountIn(text, currency);
};
