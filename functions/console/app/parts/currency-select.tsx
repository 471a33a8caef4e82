import Select from '@cloudscape-design/components/select';
import type { CallOf } from '../data/client.ts';
import { currencies } from '../../../../shared/currencies.ts';
import { currencyName } from './format.ts';

export type Currency = NonNullable<CallOf<'createOrganization'>['body']['currency']>;

interface CurrencySelectProps {
  value: Currency;
  disabled?: boolean;
  onChange: (currency: Currency) => void;
}

const options = currencies.map((value) => ({ value, label: currencyName(value) }));

/** Chooses one of the currencies that an organization can have. */
export const CurrencySelect = ({ value, disabled = false, onChange }: CurrencySelectProps) => (
  <Select
    selectedOption={{ value, label: currencyName(value) }}
    options={options}
    disabled={disabled}
    filteringType="auto"
    virtualScroll
    onChange={({ detail }) => onChange(detail.selectedOption.value as Currency)}
  />
);
