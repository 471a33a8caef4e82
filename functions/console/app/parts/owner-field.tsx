import FormField from '@cloudscape-design/components/form-field';
import { useRights } from '../rights/use-rights.ts';
import { partTexts as texts } from './texts.ts';
import { UserSelect } from './user-select.tsx';

export interface Owner {
  id: string;
  name: string;
}

interface OwnerFieldProps {
  /** Who was chosen; undefined: whoever owns it now. */
  value: Owner | undefined;
  /** The owner now; undefined for what is new: the person themself. */
  now: Owner | undefined;
  onChange: (owner: Owner | undefined) => void;
  errorText?: string | undefined;
}

export const OwnerField = ({ value, now, onChange, errorText }: OwnerFieldProps) => {
  const { me } = useRights();
  return (
    <FormField label={texts.owner} errorText={errorText}>
      <UserSelect value={value ?? now ?? me} onChange={onChange} />
    </FormField>
  );
};
