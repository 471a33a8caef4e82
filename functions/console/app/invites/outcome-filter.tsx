import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import { formatNumber } from '../parts/format.ts';
import type { InviteResult } from './invite-draft.ts';
import { outcomesAfterwards, type Outcome } from './outcomes.tsx';
import { inviteTexts as texts } from './texts.ts';

interface OutcomeFilterProps {
  results: InviteResult[];
  value: Outcome | undefined;
  onChange: (outcome: Outcome | undefined) => void;
}

/** Which results to show, with how many there are of each. */
export const OutcomeFilter = ({ results, value, onChange }: OutcomeFilterProps) => {
  const any = { value: '', label: `${texts.anyOutcome} (${formatNumber(results.length)})` };
  const options = outcomesAfterwards.flatMap((each) => {
    const count = results.filter(({ outcome }) => outcome === each).length;
    return count === 0 ? [] : [{ value: each, label: `${texts.outcomeOf[each]} (${formatNumber(count)})` }];
  });
  return (
    <FormField label={texts.outcome}>
      <Select
        selectedOption={options.find((option) => option.value === value) ?? any}
        options={[any, ...options]}
        onChange={({ detail }) => onChange((detail.selectedOption.value || undefined) as Outcome | undefined)}
      />
    </FormField>
  );
};
