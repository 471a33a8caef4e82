import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { AmountLabel } from '../parts/amount-label.tsx';
import { parseAmount } from '../parts/amount.ts';
import { partTexts } from '../parts/texts.ts';
import { wrongKeys, type TagDraft } from './tag-draft.ts';
import { TagsEditor } from './tags-editor.tsx';
import { resourcesTexts as texts } from './texts.ts';

export interface ResourceDraft {
  name: string;
  cost: string;
  tags: TagDraft[];
}

interface ResourceFieldsProps {
  value: ResourceDraft;
  onChange: (changed: Partial<ResourceDraft>) => void;
  /** Returns the error text of a field by its JSON Pointer: `/name`. */
  errorAt: (pointer: string) => string | undefined;
  /** The reason why the cost cannot be changed. Absent if it can. */
  costFixed?: string | undefined;
  /** Whether the form has been submitted, so that errors in the keys of tags are shown. */
  tried: boolean;
  /** Additional fields, shown after the name. */
  children?: ReactNode;
}

/** The fields of a resource that can be changed without moving it. */
export const ResourceFields = ({ value, onChange, errorAt, costFixed, tried, children }: ResourceFieldsProps) => (
  <SpaceBetween size="m">
    <FormField label={texts.name} errorText={errorAt('/name')} stretch>
      <Input value={value.name} onChange={({ detail }) => onChange({ name: detail.value })} />
    </FormField>
    {children}
    <FormField
      label={<AmountLabel text={texts.monthlyCost} />}
      constraintText={costFixed ?? texts.costHelp}
      errorText={errorAt('/monthlyCost')}
      stretch
    >
      <Input
        value={value.cost}
        inputMode="decimal"
        readOnly={costFixed !== undefined}
        onChange={({ detail }) => onChange({ cost: detail.value })}
      />
    </FormField>
    <FormField label={texts.tags} errorText={errorAt('/tags')} stretch>
      <TagsEditor
        value={value.tags}
        onChange={(tags) => onChange({ tags })}
        wrong={tried ? wrongKeys(value.tags) : []}
      />
    </FormField>
  </SpaceBetween>
);

/** The errors of a draft by JSON Pointer. Errors of tags are not included, because the tags editor shows them. */
export const missingInResource = ({ name, cost }: ResourceDraft): Record<string, string> => ({
  ...(name.trim() === '' && { '/name': texts.giveName }),
  ...(parseAmount(cost) === undefined && { '/monthlyCost': partTexts.notAnAmount }),
});

export const isComplete = (draft: ResourceDraft): boolean =>
  Object.keys(missingInResource(draft)).length === 0 && !wrongKeys(draft.tags).some(Boolean);
