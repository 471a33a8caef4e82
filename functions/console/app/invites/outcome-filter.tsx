import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import { entryOf } from '../../../../shared/open-enum.ts';
import { formatNumber } from '../parts/format.ts';
import type { InviteResult } from './invite-draft.ts';
import { outcomesAfterwards, withUnknown } from './outcomes.tsx';
import { inviteTexts as texts } from './texts.ts';

interface OutcomeFilterProps {
  results: InviteResult[];
  value: InviteResult['outcome'] | undefined;
  onChange: (outcome: InviteResult['outcome'] | undefined) => void;
}

/** Filters the results by outcome. Each option shows its number of results. */
export const OutcomeFilter = ({ results, value, onChange }: OutcomeFilterProps) => {
  const any = { value: '', label: `${texts.anyOutcome} (${formatNumber(results.length)})` };
  const options = withUnknown(outcomesAfterwards, results).flatMap((each) => {
    const count = results.filter(({ outcome }) => outcome === each).length;
    return count === 0
      ? []
      : [{ value: each, label: `${entryOf(texts.outcomeOf, each) ?? each} (${formatNumber(count)})` }];
  });
  return (
    <FormField label={texts.outcome}>
      <Select
        selectedOption={options.find((option) => option.value === value) ?? any}
        options={[any, ...options]}
        onChange={({ detail }) =>
          onChange((detail.selectedOption.value || undefined) as InviteResult['outcome'] | undefined)
        }
      />
    </FormField>
  );
};
