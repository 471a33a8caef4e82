import FormField from '@cloudscape-design/components/form-field';
import { usePools } from '../organization/use-pools.ts';
import { UserSelect } from '../parts/user-select.tsx';
import { cannotChange } from './cannot-change.ts';
import type { LeaverAssets } from './leaver-assets.ts';
import { removalTexts as texts } from './removal-texts.ts';
import { useSuggestedSuccessors } from './use-suggested-successors.ts';
import type { User } from './user.ts';

interface SuccessorFieldProps {
  leaverIds: readonly string[];
  /** The assets that the leavers hand over. Undefined until they are read. */
  assets: LeaverAssets | undefined;
  value: User | undefined;
  onChange: (successor: User | undefined) => void;
  error: string | undefined;
}

/** The choice of a successor. Users who could not change all of the assets come last, with a remark about what they cannot change. */
export const SuccessorField = ({ leaverIds, assets, value, onChange, error }: SuccessorFieldProps) => {
  const { tree } = usePools();
  const remark = (candidate: User): string | undefined =>
    candidate.account === 'active' ? assets && cannotChange(candidate, assets, tree) : texts.cannotSucceed;
  const sections = useSuggestedSuccessors(leaverIds, assets, remark);
  return (
    <FormField
      label={texts.successor}
      description={texts.successorText}
      errorText={error}
      warningText={value && remark(value)}
      stretch
    >
      <UserSelect
        value={value}
        onChange={onChange}
        except={leaverIds}
        first={{ sections, others: texts.otherUsers }}
        remark={remark}
        placeholder={texts.chooseSuccessor}
      />
    </FormField>
  );
};
