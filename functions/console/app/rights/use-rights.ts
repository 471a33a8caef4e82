import { useCallback } from 'react';
import type { Action } from '../../../../shared/roles/matrix.ts';
import { whoMay } from '../../../../shared/roles/refusal.ts';
import { useRead } from '../data/use-read.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { usePools } from '../organization/use-pools.ts';
import { isAllowed, isAllowedSomewhere, type Target } from './is-allowed.ts';
import { rightTexts } from './texts.ts';

/**
 * The rights of the signed-in person, as the API reports them: `const { may, whyNot } = useRights()`, then
 * `may('edit_pool', { poolId })`, and for a control `{...unless(whyNot('edit_pool', { poolId }))}`. Nothing is allowed until the
 * rights are known (`ready`).
 */
export const useRights = () => {
  const { params } = useOrganization();
  const { data: me } = useRead('getMyUser', { params });
  const { tree, isSuccess } = usePools();

  // The function stays the same until rights or pools change, because the options for thousands of pools are memoized with it.
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
    /** The reason why the person may not do the action, as a sentence. Undefined if they may. */
    whyNot: useCallback((action: Action, target?: Target) => refusal(action, may(action, target)), [refusal, may]),
    /** The reason why the person may do the action on no target in the organization. Undefined if there is such a target. */
    whyNotAnywhere: (action: Action) => refusal(action, isAllowedSomewhere(me?.permissions ?? [], action)),
  };
};
