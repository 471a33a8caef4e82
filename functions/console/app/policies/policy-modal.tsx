import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import { entryOf } from '../../../../shared/open-enum.ts';
import { FormModal } from '../parts/form-modal.tsx';
import { OwnerField } from '../parts/owner-field.tsx';
import { PoolSelect } from '../parts/pool-select.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { placeProblem } from '../parts/problem.ts';
import { useDraft } from '../parts/use-draft.ts';
import { shellTexts } from '../shell/texts.ts';
import { draftOf, fieldsOf, missingIn, policyDraftShape, type PolicyDraft } from './policy-draft.ts';
import { policyTypes } from './policy-fields.ts';
import { filterPointers, PolicyFiltersField } from './policy-filters-field.tsx';
import { PolicySetting } from './policy-setting.tsx';
import type { Policy, PolicyType } from './policy.ts';
import { policiesTexts as texts, policyTypeTexts } from './texts.ts';
import { useSavePolicy } from './use-save-policy.ts';

const typeOptions = policyTypes.map((type) => ({
  value: type,
  label: policyTypeTexts[type].name,
  description: policyTypeTexts[type].explanation,
}));

interface PolicyModalProps {
  /** The policy to edit. If absent, the form creates a new one. */
  policy: Policy | undefined;
  onClose: () => void;
}

export const PolicyModal = ({ policy, onClose }: PolicyModalProps) => {
  const input = useDraft<PolicyDraft>({
    name: 'policy',
    of: policy?.id,
    ...(policy && { version: policy.version }),
    initial: draftOf(policy),
    shape: policyDraftShape,
  });
  const draft = input.value;
  const [tried, setTried] = useState(false);
  const { save, reload, error, busy } = useSavePolicy(policy, input);
  const change = (changes: Partial<PolicyDraft>) => input.set({ ...draft, ...changes });
  const fields = fieldsOf(draft.type);
  const missing = missingIn(draft);
  const pointers = [
    '/type',
    '/name',
    '/poolId',
    '/ownerId',
    ...filterPointers,
    ...fields.map(({ name }) => `/${name}`),
  ];
  const problem = placeProblem(error, pointers);
  const errorAt = (pointer: string) => (tried ? missing[pointer] : undefined) ?? problem.at(pointer);

  const submit = async () => {
    setTried(true);
    if (Object.keys(missing).length === 0 && (await save(draft))) onClose();
  };

  return (
    <FormModal
      header={policy ? texts.edit(policy.name) : texts.create}
      submit={policy ? shellTexts.save : texts.create}
      busy={busy}
      draft={input}
      onSubmit={submit}
      onClose={onClose}
    >
      <ProblemAlert error={error} placed={problem} reload={reload} />
      <FormField
        label={texts.type}
        constraintText={policy ? texts.typeStays : draft.type && entryOf(policyTypeTexts, draft.type)?.explanation}
        errorText={errorAt('/type')}
      >
        <Select
          disabled={policy !== undefined}
          selectedOption={
            typeOptions.find(({ value }) => value === draft.type) ?? (draft.type ? { value: draft.type } : null)
          }
          options={typeOptions}
          placeholder={texts.chooseType}
          onChange={({ detail }) => change({ type: detail.selectedOption.value as PolicyType })}
        />
      </FormField>
      <FormField label={texts.name} errorText={errorAt('/name')}>
        <Input value={draft.name} onChange={({ detail }) => change({ name: detail.value })} />
      </FormField>
      {fields.map((field) => (
        <PolicySetting
          key={field.name}
          field={field}
          value={draft.settings[field.name] ?? ''}
          onChange={(value) => change({ settings: { ...draft.settings, [field.name]: value } })}
          errorText={errorAt(`/${field.name}`)}
        />
      ))}
      <FormField label={texts.place} constraintText={texts.placeText} errorText={errorAt('/poolId')}>
        <PoolSelect value={draft.poolId} none={texts.wholeOrganization} onChange={(poolId) => change({ poolId })} />
      </FormField>
      <OwnerField
        value={draft.owner}
        now={policy && { id: policy.ownerId, name: policy.ownerName }}
        onChange={(owner) => change({ owner })}
        errorText={errorAt('/ownerId')}
      />
      <PolicyFiltersField
        value={draft.filters}
        names={policy?.filterNames ?? {}}
        onChange={(filters) => change({ filters })}
        errorAt={errorAt}
      />
    </FormModal>
  );
};
