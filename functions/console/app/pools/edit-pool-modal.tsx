import { useState } from 'react';
import { useChange } from '../data/use-change.ts';
import { callApi } from '../data/client.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { ownerOf, type Pool } from '../organization/use-pools.ts';
import { parseAmount } from '../parts/amount.ts';
import { changedFields } from '../parts/changed-fields.ts';
import { objectOf } from '../parts/draft-shape.ts';
import { FormModal } from '../parts/form-modal.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { placeProblem } from '../parts/problem.ts';
import { useDraft } from '../parts/use-draft.ts';
import { shellTexts } from '../shell/texts.ts';
import { missingInPool, poolPointers, poolRefusals } from './missing-in-pool.ts';
import { poolDraftFields, PoolFields, type PoolDraft } from './pool-fields.tsx';
import { poolsTexts as texts } from './texts.ts';
import { treeChanges } from './tree-changes.ts';

const shape = objectOf<Partial<PoolDraft>>(poolDraftFields);

interface EditPoolModalProps {
  pool: Pool;
  onClose: () => void;
}

export const EditPoolModal = ({ pool, onClose }: EditPoolModalProps) => {
  const { params } = useOrganization();
  const [base, setBase] = useState(pool);
  // The draft contains only the fields that were changed. All others show what is saved, also after a reload.
  const draft = useDraft<Partial<PoolDraft>>({
    name: 'edit-pool',
    of: pool.id,
    version: pool.version,
    initial: {},
    shape,
  });
  const typed = draft.value;
  const [tried, setTried] = useState(false);
  const change = useChange('updatePool', { changes: treeChanges, done: ({ name }) => texts.edited(name) });
  const call = { params: { ...params, poolId: pool.id } };

  const saved: PoolDraft = {
    name: base.name,
    limit: base.monthlyLimit === undefined ? '' : String(base.monthlyLimit),
    owner: ownerOf(base),
  };
  const edited: PoolDraft = { ...saved, ...typed };
  const missing = missingInPool(edited);
  const problem = placeProblem(change.error, poolPointers, poolRefusals);

  const submit = async () => {
    setTried(true);
    if (Object.keys(missing).length > 0) return;
    const body = {
      name: typed.name,
      monthlyLimit: typed.limit === undefined ? undefined : parseAmount(typed.limit),
      defaultOwnerId: typed.owner?.id,
    };
    const options = { ifMatch: `"${draft.version}"` };
    if (await draft.send(change.mutateAsync({ call: { ...call, body }, options }))) onClose();
  };
  const reload = async () => {
    const now = await callApi('getPool', call);
    setBase(now);
    draft.rebase(now.version);
    change.reset();
  };

  return (
    <FormModal
      header={texts.editOf(pool.name)}
      submit={shellTexts.save}
      onSubmit={submit}
      onClose={onClose}
      busy={change.isPending}
      draft={draft}
    >
      <ProblemAlert error={change.error} placed={problem} reload={reload} />
      <PoolFields
        value={edited}
        onChange={(changed) => draft.set(changedFields({ ...typed, ...changed }, saved))}
        errorAt={(pointer) => (tried ? missing[pointer] : undefined) ?? problem.at(pointer)}
        fixedName={pool.parentId === undefined}
      />
    </FormModal>
  );
};
