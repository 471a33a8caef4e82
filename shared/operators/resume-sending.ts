import { recentMailDays } from '../invites/mail-health.ts';
import { parseOrganization } from '../organizations/organization.ts';
import { fail, ok, type Result } from '../result.ts';
import { keys } from '../table/keys.ts';
import { erase } from '../table/write.ts';
import { knownOperators } from '../users/operators.ts';
import { auditByOperators, type OperatorAnswer, type OperatorServices } from './operator.ts';

/** Resets the counts of sent and bounced emails, so that only later emails count. Waiting emails are sent within the hour. */
export const resumeSending = async (
  { tenantTable, clock, ids }: OperatorServices,
  { organizationId }: { organizationId: string },
  requestId: string,
): Promise<Result<OperatorAnswer>> => {
  const table = tenantTable(organizationId);
  const organization = await table.get(keys.organization(organizationId));
  if (!organization) return fail('organization_not_found');
  const now = clock.now();
  const days = await recentMailDays(table, organizationId, now);
  await table.transact([
    ...days.map(({ day }) => erase(keys.mailDay(organizationId, day))),
    knownOperators(organizationId),
    ...auditByOperators({
      organizationId,
      id: ids.next('evt'),
      at: now,
      action: 'sending_resumed',
      targets: [parseOrganization(organization)],
      requestId,
      details: { days },
    }),
  ]);
  return ok({ done: `Sending goes on for ${organizationId}.` });
};
