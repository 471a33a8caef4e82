import { operation, type MemberRequest } from '../api/operation.ts';
import { failedOutcome } from '../api/outcome.ts';
import type { Output } from '../api/route.ts';
import type { Services } from '../ports.ts';
import { ok } from '../result.ts';
import { retryStale } from '../retry.ts';
import { keys, partitions } from '../table/keys.ts';
import { readOnce } from '../table/read-once.ts';
import { inviteRoutes } from './invite-routes.ts';
import { readQuota } from './quota.ts';
import { resendOne } from './resend-invite.ts';
import { revokeOne } from './revoke-invite.ts';

type ChangeInvites = typeof inviteRoutes.changeInvites;
type Outcome = Output<ChangeInvites>['results'][number];

/** The number of invites that are changed in parallel, each in a transaction of its own. */
const parallelChanges = 5;

export const changeInvites = operation(
  inviteRoutes.changeInvites,
  { reads: ({ organizationId }) => [keys.mailRecord(organizationId)] },
  async (services, request) => {
    const quota = await readQuota(services.table, request.organization, { ...services, now: request.now });
    const ids = [...new Set(request.body.ids)];
    const results: Outcome[] = [];
    for (let start = 0; start < ids.length; start += parallelChanges) {
      const some = ids.slice(start, start + parallelChanges);
      results.push(...(await Promise.all(some.map((inviteId) => changeOne(services, request, { inviteId, quota })))));
    }
    return ok({ results });
  },
);

const changeOne = async (
  services: Pick<Services, 'tenantTable' | 'clock' | 'ids'>,
  request: MemberRequest<ChangeInvites>,
  { inviteId, quota }: { inviteId: string; quota: number },
): Promise<Outcome> => {
  const { organization, actor, body } = request;
  const result = await retryStale(services.clock, () => {
    const table = readOnce(services.tenantTable(organization.id, partitions.person(actor.personId)));
    const own = { ...services, table };
    return body.action === 'resend' ? resendOne(own, request, { inviteId, quota }) : revokeOne(own, request, inviteId);
  });
  return result.ok ? { id: inviteId, ok: true, invite: result.value } : failedOutcome(inviteId, result.error);
};
