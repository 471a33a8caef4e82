import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useCallback, useState } from 'react';
import { useChange } from '../data/use-change.ts';
import { useOrganization } from '../organization/use-organization.ts';
import type { Pool } from '../organization/use-pools.ts';
import { parseAmount } from '../parts/amount.ts';
import { listOf, objectOf, optionalShape, textShape } from '../parts/draft-shape.ts';
import { FormModal } from '../parts/form-modal.tsx';
import { PoolSelect } from '../parts/pool-select.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { placeProblem } from '../parts/problem.ts';
import { useDraft } from '../parts/use-draft.ts';
import { chosenUserShape, UserSelect, type ChosenUser } from '../parts/user-select.tsx';
import { useRights } from '../rights/use-rights.ts';
import { isComplete, missingInResource, ResourceFields, type ResourceDraft } from './resource-fields.tsx';
import { resourceChanges } from './resource.ts';
import { tagDraftShape, toTags } from './tag-draft.ts';
import { resourcesTexts as texts } from './texts.ts';

interface CreateResourceModalProps {
  /** The pool that is selected when the form opens. */
  poolId: string | undefined;
  onClose: () => void;
}

interface Draft extends ResourceDraft {
  type: string;
  poolId: string | undefined;
  owner: ChosenUser | undefined;
}

const shape = objectOf<Draft>({
  name: textShape,
  type: textShape,
  poolId: optionalShape(textShape),
  owner: optionalShape(chosenUserShape),
  cost: textShape,
  tags: listOf(tagDraftShape),
});

export const CreateResourceModal = ({ poolId: first, onClose }: CreateResourceModalProps) => {
  const { params } = useOrganization();
  const { may, whyNot } = useRights();
  const input = useDraft<Draft>({
    name: 'create-resource',
    initial: {
      name: '',
      type: '',
      poolId: first !== undefined && may('manage_resources', { poolId: first }) ? first : undefined,
      owner: undefined,
      cost: '',
      tags: [],
    },
    shape,
  });
  const draft = input.value;
  const [tried, setTried] = useState(false);
  const create = useChange('createResource', { changes: resourceChanges, done: ({ name }) => texts.created(name) });
  const edit = (changed: Partial<Draft>) => input.set({ ...draft, ...changed });

  const { poolId } = draft;
  const missing: Record<string, string> = {
    ...missingInResource(draft),
    ...(draft.type.trim() === '' && { '/type': texts.giveType }),
    ...(poolId === undefined && { '/poolId': texts.choosePool }),
  };
  const problem = placeProblem(create.error, ['/name', '/type', '/poolId', '/ownerId', '/monthlyCost', '/tags']);
  const errorAt = (pointer: string) => (tried ? missing[pointer] : undefined) ?? problem.at(pointer);
  const disabledBecause = useCallback(({ id }: Pool) => whyNot('manage_resources', { poolId: id }), [whyNot]);

  const submit = async () => {
    setTried(true);
    if (poolId === undefined || Object.keys(missing).length > 0 || !isComplete(draft)) return;
    const body = {
      name: draft.name,
      type: draft.type.trim(),
      poolId,
      ownerId: draft.owner?.id,
      monthlyCost: parseAmount(draft.cost) ?? undefined,
      tags: toTags(draft.tags),
    };
    if (await input.send(create.mutateAsync({ call: { params, body } }))) onClose();
  };

  return (
    <FormModal
      size="large"
      header={texts.create}
      submit={texts.create}
      onSubmit={submit}
      onClose={onClose}
      busy={create.isPending}
      draft={input}
    >
      <ProblemAlert error={create.error} placed={problem} />
      <ResourceFields value={draft} onChange={edit} errorAt={errorAt} tried={tried}>
        <FormField label={texts.type} constraintText={texts.typeHelp} errorText={errorAt('/type')} stretch>
          <Input value={draft.type} onChange={({ detail }) => edit({ type: detail.value })} />
        </FormField>
        <FormField label={texts.pool} errorText={errorAt('/poolId')} stretch>
          <PoolSelect
            value={poolId}
            onChange={(chosen) => edit({ poolId: chosen })}
            disabledBecause={disabledBecause}
          />
        </FormField>
        <FormField label={texts.owner} errorText={errorAt('/ownerId')} stretch>
          <UserSelect value={draft.owner} none={texts.defaultOwner} onChange={(owner) => edit({ owner })} />
        </FormField>
      </ResourceFields>
    </FormModal>
  );
};
