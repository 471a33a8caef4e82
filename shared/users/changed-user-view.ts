import type * as z from 'zod';
import type { Failure } from '../errors.ts';
import { ok, type Result } from '../result.ts';
import type { PoolTree } from '../roles/pool-tree.ts';
import type { RolesChanged } from './assign-roles.ts';
import type { changedUser } from './user-routes.ts';
import { userView } from './user-view.ts';

/** The response to a change of a user's roles. */
export const changedUserView = (
  changed: Result<RolesChanged, Failure | 'retry'>,
  tree: PoolTree,
): Result<z.input<typeof changedUser>, Failure | 'retry'> => {
  if (!changed.ok) return changed;
  const { user, serviceAccounts } = changed.value;
  return ok({ ...userView(user, tree), ...(serviceAccounts && { serviceAccounts }) });
};
