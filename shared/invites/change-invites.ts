import { operation, type MemberRequest } from '../api/operation.ts';
import { failedOutcome } from '../api/outcome.ts';
import type { Output } from '../api/route.ts';
import type { Services } from '../ports.ts';
import { ok } from '../result.ts';
import { retryStale } from '../retry.ts';
import { readOnce } from '../table/read-once.ts';
import { inviteRoutes } from './invite-routes.ts';
import { resendOne } from './resend-invite.ts';
import { revokeOne } from './revoke-invite.ts';

type ChangeInvites = typeof inviteRoutes.changeInvites;
type Outcome = Output<ChangeInvites>['results'][number];

/** The number of invites that are changed in parallel, each in a transaction of its own. */
const parallelChanges = 5;

export const changeInvites = operation(inviteRoutes.changeInvites, {}, async (services, request) => {
  const ids = [...new Set(request.body.ids)];
  const results: Outcome[] = [];
  for (let start = 0; start < ids.length; start += parallelChanges) {
    const some = ids.slice(start, start + parallelChanges);
    results.push(...(await Promise.all(some.map((inviteId) => changeOne(services, request, inviteId)))));
  }
  return ok({ results });
});

const changeOne = async (
  services: Pick<Services, 'tenantTable' | 'clock' | 'ids' | 'settings'>,
  request: MemberRequest<ChangeInvites>,
  inviteId: string,
): Promise<Outcome> => {
  const change = request.body.action === 'resend' ? resendOne : revokeOne;
  const result = await retryStale(services.clock, () =>
    change({ ...services, table: readOnce(services.tenantTable(request.organization.id)) }, request, inviteId),
  );
  return result.ok ? { id: inviteId, ok: true, invite: result.value } : failedOutcome(inviteId, result.error);
};
