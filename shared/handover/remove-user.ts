import { operation, type MemberRequest } from '../api/operation.ts';
import type { Output } from '../api/route.ts';
import { ownerKeys } from '../assets/new-owner.ts';
import type { Failure } from '../errors.ts';
import type { Services } from '../ports.ts';
import { failAt, ok, type Result } from '../result.ts';
import { boundAccountsQuery } from '../users/bound-accounts.ts';
import { findNamedActiveUser, findUsers, userKeys } from '../users/find-users.ts';
import { userRoutes } from '../users/user-routes.ts';
import { userView } from '../users/user-view.ts';
import { removeOne } from './remove-one.ts';
import { takenOverFrom } from './taken-over-from.ts';

type RemoveUser = typeof userRoutes.removeUser;
type LeaveOrganization = typeof userRoutes.leaveOrganization;
type Removal = Output<RemoveUser>;

export const removeUser = operation(
  userRoutes.removeUser,
  {
    reads: (asked) => [...userKeys(asked), ...ownerKeys(asked.organizationId, asked.query.successorId)],
    queries: ({ organizationId }) => [boundAccountsQuery(organizationId)],
    versioned: ({ table }, request) => findNamedActiveUser(table, request),
  },
  (services, request) => removeNamed(services, request, request.params.userId),
);

export const leaveOrganization = operation(
  userRoutes.leaveOrganization,
  {
    reads: ({ organizationId, query }) => ownerKeys(organizationId, query.successorId),
    queries: ({ organizationId }) => [boundAccountsQuery(organizationId)],
    versioned: async ({ table }, { organization, actor }) =>
      (await findUsers(table, organization.id, [actor.userId])).get(actor.userId),
  },
  (services, request) => removeNamed(services, request, request.actor.userId),
);

const removeNamed = async (
  services: Pick<Services, 'table' | 'tenantTable' | 'directory' | 'ids'>,
  request: MemberRequest<RemoveUser> | MemberRequest<LeaveOrganization>,
  leaverId: string,
): Promise<Result<Removal, Failure | 'retry'>> => {
  const { successorId, pendingInvites } = request.query;
  if (successorId === undefined)
    return failAt(
      '?successorId',
      'successor_required',
      'It is missing.',
      'Use ?successorId= to name the user who takes over everything this user owns.',
    );
  // Read before the write: otherwise a removal that succeeded could respond that it failed.
  const tree = await request.tree();
  const removed = await removeOne(services, request, { leaverId, successorId, pendingInvites });
  if (!removed.ok) return removed;
  const { leaver, successor, serviceAccounts, names } = removed.value;
  return ok({
    user: userView(leaver, tree, names),
    successor: userView(successor, tree),
    takenOver: takenOverFrom(leaver, tree),
    serviceAccounts,
  });
};
