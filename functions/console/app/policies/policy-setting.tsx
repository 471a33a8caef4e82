import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { AmountLabel } from '../parts/amount-label.tsx';
import type { PolicyField } from './policy-fields.ts';
import { metricTexts, policiesTexts, settingTexts } from './texts.ts';

interface PolicySettingProps {
  field: PolicyField;
  value: string;
  onChange: (value: string) => void;
  errorText: string | undefined;
}

const metrics = Object.entries(metricTexts).map(([value, label]) => ({ value, label }));

/** The form field of one policy setting. */
export const PolicySetting = ({ field, value, onChange, errorText }: PolicySettingProps) => {
  const { label, hint } = settingTexts[field.name];
  return (
    <FormField
      label={field.name === 'amount' ? <AmountLabel text={label} /> : label}
      constraintText={hint}
      errorText={errorText}
    >
      {field.control === 'metric' ? (
        <Select
          selectedOption={metrics.find((metric) => metric.value === value) ?? null}
          options={metrics}
          placeholder={policiesTexts.chooseMetric}
          onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
        />
      ) : field.control === 'day' ? (
        <DatePicker
          format="iso"
          value={value}
          placeholder={policiesTexts.dayFormat}
          openCalendarAriaLabel={policiesTexts.openCalendar}
          onChange={({ detail }) => onChange(detail.value)}
        />
      ) : (
        <Input
          value={value}
          {...(field.control === 'number' && { type: 'number', step: 'any' })}
          onChange={({ detail }) => onChange(detail.value)}
        />
      )}
    </FormField>
  );
};
