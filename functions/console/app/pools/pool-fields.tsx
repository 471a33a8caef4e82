import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { AmountLabel } from '../parts/amount-label.tsx';
import { optionalShape, textShape } from '../parts/draft-shape.ts';
import { chosenUserShape, UserSelect, type ChosenUser } from '../parts/user-select.tsx';
import { poolsTexts as texts } from './texts.ts';

export interface PoolDraft {
  name: string;
  limit: string;
  owner: ChosenUser | undefined;
}

export const poolDraftFields = {
  name: optionalShape(textShape),
  limit: optionalShape(textShape),
  owner: optionalShape(chosenUserShape),
};

interface PoolFieldsProps {
  value: PoolDraft;
  onChange: (changed: Partial<PoolDraft>) => void;
  /** Returns the error of the field with this JSON Pointer, for example `/name`. */
  errorAt: (pointer: string) => string | undefined;
  /** Whether the name is read-only, because the root pool has the name of the organization. */
  fixedName?: boolean;
}

/** The fields of a pool, except its parent. */
export const PoolFields = ({ value, onChange, errorAt, fixedName = false }: PoolFieldsProps) => (
  <SpaceBetween size="m">
    <FormField
      label={texts.name}
      constraintText={fixedName ? texts.nameOfRoot : undefined}
      errorText={errorAt('/name')}
      stretch
    >
      <Input value={value.name} readOnly={fixedName} onChange={({ detail }) => onChange({ name: detail.value })} />
    </FormField>
    <FormField
      label={<AmountLabel text={texts.limit} />}
      constraintText={texts.limitHelp}
      errorText={errorAt('/monthlyLimit')}
      stretch
    >
      <Input
        value={value.limit}
        inputMode="decimal"
        placeholder={texts.unlimited}
        onChange={({ detail }) => onChange({ limit: detail.value })}
      />
    </FormField>
    <FormField label={texts.owner} constraintText={texts.ownerHelp} errorText={errorAt('/defaultOwnerId')} stretch>
      <UserSelect value={value.owner} onChange={(owner) => onChange({ owner })} />
    </FormField>
  </SpaceBetween>
);
