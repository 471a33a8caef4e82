import { failedOutcome } from '../api/outcome.ts';
import type { Output } from '../api/route.ts';
import { ownerKeys } from '../assets/new-owner.ts';
import { failAt, ok } from '../result.ts';
import { boundAccountsQuery } from '../users/bound-accounts.ts';
import { eachUser } from '../users/each-user.ts';
import { userRoutes } from '../users/user-routes.ts';
import { summarize } from '../users/user-row.ts';
import { userView } from '../users/user-view.ts';
import { removeOne } from './remove-one.ts';
import { takenOverFrom } from './taken-over-from.ts';

type RemoveUsers = typeof userRoutes.removeUsers;
type Response = Output<RemoveUsers>;

interface Done {
  outcome: Omit<Response['results'][number], 'id' | 'ok'>;
  successor: NonNullable<Response['successor']>;
}

export const removeUsers = eachUser<RemoveUsers, Done>(userRoutes.removeUsers, {
  require: async ({ body: { userIds, successorId } }) =>
    userIds.includes(successorId)
      ? failAt('/successorId', 'successor_is_leaver', 'Name a user who is not to be removed.')
      : ok(undefined),
  reads: ({ organizationId, body }, userId) => ownerKeys(organizationId, userId, body.successorId),
  queries: ({ organizationId }) => [boundAccountsQuery(organizationId)],
  change: async (services, request, leaverId) => {
    const { successorId, pendingInvites } = request.body;
    // Read before the write: otherwise a removal that succeeded could be reported as failed.
    const tree = await request.tree();
    const removed = await removeOne(services, request, { leaverId, successorId, pendingInvites });
    if (!removed.ok) return removed;
    const { leaver, successor, serviceAccounts, names } = removed.value;
    const outcome = {
      user: userView(summarize(leaver), tree, names),
      takenOver: takenOverFrom(leaver, tree),
      serviceAccounts,
    };
    return ok({ outcome, successor: userView(summarize(successor), tree) });
  },
  response: (done) => {
    const results = done.map(([id, result]) =>
      result.ok ? { id, ok: true, ...result.value.outcome } : failedOutcome(id, result.error),
    );
    const successors = done.flatMap(([, result]) => (result.ok ? [result.value.successor] : []));
    const [successor] = successors.toSorted((a, b) => b.version - a.version);
    return { results, ...(successor && { successor }) };
  },
});
