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
  /** What is wrong with a field: `/name`. */
  errorAt: (pointer: string) => string | undefined;
  /** Why the cost cannot be changed. */
  costFixed?: string | undefined;
  /** Keys of tags are looked at. */
  tried: boolean;
  /** Fields after the name. */
  children?: ReactNode;
}

/** What can be changed of a resource where it is. */
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

/** What a draft lacks, by JSON Pointer as the API would name it; a tag says it itself. */
export const missingInResource = ({ name, cost }: ResourceDraft): Record<string, string> => ({
  ...(name.trim() === '' && { '/name': texts.giveName }),
  ...(parseAmount(cost) === undefined && { '/monthlyCost': partTexts.notAnAmount }),
});

export const isComplete = (draft: ResourceDraft): boolean =>
  Object.keys(missingInResource(draft)).length === 0 && !wrongKeys(draft.tags).some(Boolean);
