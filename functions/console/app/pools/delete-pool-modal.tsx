import { useState } from 'react';
import { callApi } from '../data/client.ts';
import { useChange } from '../data/use-change.ts';
import { useRead } from '../data/use-read.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { usePools, type Pool } from '../organization/use-pools.ts';
import { FormModal } from '../parts/form-modal.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { poolsTexts as texts } from './texts.ts';
import { treeChanges } from './tree-changes.ts';

interface DeletePoolModalProps {
  pool: Pool;
  onClose: () => void;
  onDeleted: () => void;
}

/** The maximum number of users with a role on the pool whose names are shown. */
const mostNames = 10;

export const DeletePoolModal = ({ pool, onClose, onDeleted }: DeletePoolModalProps) => {
  const { params } = useOrganization();
  const { tree } = usePools();
  const [{ version }, setBase] = useState(pool);
  const call = { params: { ...params, poolId: pool.id } };
  const parent = tree.get(pool.parentId ?? '')?.name ?? '';
  const { data: holders } = useRead('listUsers', { params, query: { poolId: pool.id, limit: mostNames } });
  const change = useChange('deletePool', { changes: treeChanges, done: () => texts.deleted(pool.name) });

  const submit = () =>
    change.mutateAsync({ call, options: { ifMatch: `"${version}"` } }).then(onDeleted, () => undefined);
  const reload = async () => {
    setBase(await callApi('getPool', call));
    change.reset();
  };

  return (
    <FormModal
      header={texts.deleteOf(pool.name)}
      submit={texts.delete}
      onSubmit={submit}
      onClose={onClose}
      busy={change.isPending}
    >
      <ProblemAlert error={change.error} reload={reload} />
      <ul>
        <li>{texts.deleteResources(parent)}</li>
        <li>
          {texts.deleteRoles}{' '}
          {holders &&
            holders.items.length > 0 &&
            texts.deleteHolders(holders.items.map(({ name }) => name).join(', '), holders.nextCursor !== undefined)}
        </li>
      </ul>
    </FormModal>
  );
};
