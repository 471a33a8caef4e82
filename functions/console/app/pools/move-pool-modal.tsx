import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import { useCallback, useState } from 'react';
import { callApi } from '../data/client.ts';
import { useChange } from '../data/use-change.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { usePools, type Pool } from '../organization/use-pools.ts';
import { objectOf, optionalShape, textShape } from '../parts/draft-shape.ts';
import { FormModal } from '../parts/form-modal.tsx';
import { PoolSelect } from '../parts/pool-select.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { placeProblem } from '../parts/problem.ts';
import { useDraft } from '../parts/use-draft.ts';
import { useRights } from '../rights/use-rights.ts';
import { poolsTexts as texts } from './texts.ts';
import { treeChanges } from './tree-changes.ts';

interface MovePoolModalProps {
  pool: Pool;
  onClose: () => void;
}

interface MoveDraft {
  parentId?: string | undefined;
}

export const MovePoolModal = ({ pool, onClose }: MovePoolModalProps) => {
  const { params } = useOrganization();
  const { whyNot } = useRights();
  const { tree } = usePools();
  const [{ version }, setBase] = useState(pool);
  const draft = useDraft<MoveDraft>({
    name: 'move-pool',
    of: pool.id,
    initial: {},
    shape: objectOf<MoveDraft>({ parentId: optionalShape(textShape) }),
  });
  const { parentId } = draft.value;
  const [tried, setTried] = useState(false);
  const parent = tree.get(parentId ?? '');
  const change = useChange('updatePool', {
    changes: treeChanges,
    done: ({ name }) => texts.moved(name, parent?.name ?? ''),
  });
  const call = { params: { ...params, poolId: pool.id } };
  const problem = placeProblem(change.error, ['/parentId'], {
    pool_name_taken: '/parentId',
    pool_path_too_long: '/parentId',
    pool_too_deep: '/parentId',
  });

  const disabledBecause = useCallback(
    ({ id }: Pool): string | undefined => {
      if (id === pool.id) return texts.itself;
      if (id === pool.parentId) return texts.parentNow;
      if (tree.path(id).some((above) => above.id === pool.id)) return texts.belowItself;
      return whyNot('move_pool', { poolId: id });
    },
    [pool, tree, whyNot],
  );

  const submit = async () => {
    setTried(true);
    if (parentId === undefined) return;
    const options = { ifMatch: `"${version}"` };
    if (await draft.send(change.mutateAsync({ call: { ...call, body: { parentId } }, options }))) onClose();
  };
  const reload = async () => {
    setBase(await callApi('getPool', call));
    change.reset();
  };

  return (
    <FormModal
      header={texts.moveOf(pool.name)}
      submit={texts.move}
      onSubmit={submit}
      onClose={onClose}
      busy={change.isPending}
      draft={draft}
    >
      <ProblemAlert error={change.error} placed={problem} reload={reload} />
      <Box>{texts.moveText}</Box>
      <FormField
        label={texts.newParent}
        errorText={tried && parentId === undefined ? texts.chooseParent : problem.at('/parentId')}
        stretch
      >
        <PoolSelect
          value={parentId}
          onChange={(chosen) => draft.set({ parentId: chosen })}
          disabledBecause={disabledBecause}
        />
      </FormField>
    </FormModal>
  );
};
