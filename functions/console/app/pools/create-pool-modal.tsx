import FormField from '@cloudscape-design/components/form-field';
import { useCallback, useState } from 'react';
import { useChange } from '../data/use-change.ts';
import { useOrganization } from '../organization/use-organization.ts';
import type { Pool } from '../organization/use-pools.ts';
import { parseAmount } from '../parts/amount.ts';
import { objectOf, optionalShape, textShape } from '../parts/draft-shape.ts';
import { FormModal } from '../parts/form-modal.tsx';
import { PoolSelect } from '../parts/pool-select.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { placeProblem } from '../parts/problem.ts';
import { useDraft } from '../parts/use-draft.ts';
import { useRights } from '../rights/use-rights.ts';
import { missingInPool, poolPointers, poolRefusals } from './missing-in-pool.ts';
import { poolDraftFields, PoolFields, type PoolDraft } from './pool-fields.tsx';
import { poolsTexts as texts } from './texts.ts';
import { treeChanges } from './tree-changes.ts';
import { usePoolRights } from './use-pool-rights.ts';

interface NewPool extends PoolDraft {
  parentId: string | undefined;
}

const shape = objectOf<NewPool>({
  ...poolDraftFields,
  name: textShape,
  limit: textShape,
  parentId: optionalShape(textShape),
});

interface CreatePoolModalProps {
  /** The parent that is selected when the dialog opens. */
  parentId: string | undefined;
  onClose: () => void;
}

export const CreatePoolModal = ({ parentId: first, onClose }: CreatePoolModalProps) => {
  const { params } = useOrganization();
  const { me } = useRights();
  const { whyNot } = usePoolRights();
  const draft = useDraft<NewPool>({
    name: 'create-pool',
    of: first,
    initial: { name: '', limit: '', owner: me && { id: me.id, name: me.name }, parentId: first },
    shape,
  });
  const { parentId, ...fields } = draft.value;
  const edit = (changed: Partial<NewPool>) => draft.set({ ...draft.value, ...changed });
  const [tried, setTried] = useState(false);
  const create = useChange('createPool', { changes: treeChanges, done: ({ name }) => texts.created(name) });

  const missing = {
    ...missingInPool(fields),
    ...(parentId === undefined && { '/parentId': texts.chooseParent }),
  };
  const problem = placeProblem(create.error, poolPointers, poolRefusals);
  const errorAt = (pointer: string) =>
    (tried ? (missing as Record<string, string>)[pointer] : undefined) ?? problem.at(pointer);
  const disabledBecause = useCallback((pool: Pool) => whyNot(pool, 'create'), [whyNot]);

  const submit = async () => {
    setTried(true);
    if (parentId === undefined || Object.keys(missing).length > 0) return;
    const body = {
      name: fields.name,
      parentId,
      monthlyLimit: parseAmount(fields.limit) ?? undefined,
      defaultOwnerId: fields.owner?.id,
    };
    if (await draft.send(create.mutateAsync({ call: { params, body } }))) onClose();
  };

  return (
    <FormModal
      header={texts.create}
      submit={texts.create}
      onSubmit={submit}
      onClose={onClose}
      busy={create.isPending}
      draft={draft}
    >
      <ProblemAlert error={create.error} placed={problem} />
      <FormField label={texts.parent} errorText={errorAt('/parentId')} stretch>
        <PoolSelect
          value={parentId}
          onChange={(chosen) => edit({ parentId: chosen })}
          disabledBecause={disabledBecause}
        />
      </FormField>
      <PoolFields value={fields} onChange={edit} errorAt={errorAt} />
    </FormModal>
  );
};
