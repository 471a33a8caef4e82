import FormField from '@cloudscape-design/components/form-field';
import { useRights } from '../rights/use-rights.ts';
import { partTexts as texts } from './texts.ts';
import { UserSelect } from './user-select.tsx';

export interface Owner {
  id: string;
  name: string;
}

interface OwnerFieldProps {
  /** The chosen owner. Undefined: the owner stays the same. */
  value: Owner | undefined;
  /** The current owner. Undefined for a new object, which the person who creates it owns by default. */
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
