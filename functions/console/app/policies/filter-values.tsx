import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Token from '@cloudscape-design/components/token';
import type { ReactNode } from 'react';
import { filterTexts as texts } from './texts.ts';

interface FilterValuesProps {
  label: string;
  values: string[] | undefined;
  errorText: string | undefined;
  onChange: (values: string[]) => void;
  show: (value: string) => ReactNode;
  /** The control that adds a value. */
  adder: (add: (value: string) => void) => ReactNode;
}

/** The values of one condition. A resource meets the condition if it matches any of them. */
export const FilterValues = ({ label, values = [], errorText, onChange, show, adder }: FilterValuesProps) => (
  <SpaceBetween size="xxs">
    <FormField label={label} errorText={errorText}>
      {adder((value) => onChange([...new Set([...values, value])]))}
    </FormField>
    <SpaceBetween direction="horizontal" size="xxs">
      {values.map((value, index) => (
        <Token
          key={value}
          label={show(value)}
          dismissLabel={texts.remove(label, index + 1)}
          onDismiss={() => onChange(values.filter((each) => each !== value))}
        />
      ))}
    </SpaceBetween>
  </SpaceBetween>
);
