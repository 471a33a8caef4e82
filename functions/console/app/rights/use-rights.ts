import { useCallback } from 'react';
import { reachOf, type Action, type Reach } from '../../../../shared/roles/matrix.ts';
import { roleDefinitions, roles } from '../../../../shared/roles/role.ts';
import type { ValueOf } from '../data/client.ts';
import { orList } from '../parts/format.ts';
import { useRead } from '../data/use-read.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { usePools } from '../organization/use-pools.ts';
import { actionWords, rightTexts } from './texts.ts';

/** What something is done to. Nothing named: the organization. */
export interface Target {
  poolId?: string | undefined;
  /** Whether the person owns the thing. */
  own?: boolean;
}

/**
 * What the signed-in person may do, as the API tells: `const { may, whyNot } = useRights()`, then `may('edit_pool', { poolId })`,
 * and for a control `{...unless(whyNot('edit_pool', { poolId }))}`. Nothing is allowed until it is known (`ready`).
 */
export const useRights = () => {
  const { params } = useOrganization();
  const { data: me } = useRead('getMyUser', { params });
  const { tree, isSuccess } = usePools();

  // The same function until rights or pools change: lists of thousands of pools are made with it.
  const may = useCallback(
    (action: Action, { poolId, own = false }: Target = {}): boolean => {
      const right = rightOf(me, action);
      if (!right || right.anywhere) return right !== undefined;
      if (poolId === undefined) return false;
      const path = tree.path(poolId).map(({ id }) => id);
      return right.pools.some(({ poolId: from, reach }) => {
        const depth = path.indexOf(from);
        return depth >= 0 && reaches(reach, depth < path.length - 1, own);
      });
    },
    [me, tree],
  );

  const ready = me !== undefined && isSuccess;
  const refusal = useCallback(
    (action: Action, allowed: boolean): string | undefined => {
      if (allowed) return undefined;
      return ready ? whoMay(action) : rightTexts.unread;
    },
    [ready],
  );

  return {
    ready,
    me,
    may,
    /** Why they may not, in a sentence; undefined: they may. */
    whyNot: useCallback((action: Action, target?: Target) => refusal(action, may(action, target)), [refusal, may]),
    /** Why there is nothing in the organization that they may do this to; undefined: there is. */
    whyNotAnywhere: (action: Action) => refusal(action, rightOf(me, action) !== undefined),
  };
};

const rightOf = (me: ValueOf<'getMyUser'> | undefined, action: Action) =>
  me?.permissions.find((right) => right.action === action);

const reaches = (reach: Reach, below: boolean, own: boolean): boolean => {
  if (reach === 'below') return below;
  return reach === 'own' ? own : true;
};

/** A sentence: who may do it. */
export const whoMay = (action: Action): string => {
  const holders = roles.flatMap((role) => {
    const reach = reachOf(action, role);
    if (reach === undefined) return [];
    const name = roleDefinitions[role].name;
    if (reach === 'own') return [rightTexts.owner(name)];
    if (reach === 'below' && role !== 'organization_manager') return [rightTexts.abovePool(name)];
    return [reach === 'anywhere' || role === 'organization_manager' ? name : rightTexts.inPool(name)];
  });
  return rightTexts.why(actionWords[action], orList(holders));
};
