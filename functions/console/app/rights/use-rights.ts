import { useCallback } from 'react';
import type { Action } from '../../../../shared/roles/matrix.ts';
import { whoMay } from '../../../../shared/roles/refusal.ts';
import { useRead } from '../data/use-read.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { usePools } from '../organization/use-pools.ts';
import { isAllowed, isAllowedSomewhere, type Target } from './is-allowed.ts';
import { rightTexts } from './texts.ts';

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
    (action: Action, target?: Target): boolean => isAllowed(me?.permissions ?? [], tree, action, target),
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
    whyNotAnywhere: (action: Action) => refusal(action, isAllowedSomewhere(me?.permissions ?? [], action)),
  };
};
