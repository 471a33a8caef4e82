import { parseOrganization } from '../organizations/organization.ts';
import { fail, ok, type Result } from '../result.ts';
import { keys } from '../table/keys.ts';
import { update } from '../table/write.ts';
import { knownOperators } from '../users/operators.ts';
import { auditByOperators, type OperatorAnswer, type OperatorServices } from './operator.ts';

/**
 * Sets the least number of invite emails that an organization may request per day, whatever its age and its record. 0 removes an
 * earlier raise. Repeating the command has no effect other than another audit event.
 */
export const raiseMailBudget = async (
  { tenantTable, clock, ids }: OperatorServices,
  { organizationId, emailsPerDay }: { organizationId: string; emailsPerDay: number },
  requestId: string,
): Promise<Result<OperatorAnswer>> => {
  const table = tenantTable(organizationId);
  const organization = await table.get(keys.organization(organizationId));
  if (!organization) return fail('organization_not_found');
  await table.transact([
    update(keys.mailRecord(organizationId), { set: { raisedTo: emailsPerDay } }),
    knownOperators(organizationId),
    ...auditByOperators({
      organizationId,
      id: ids.next('evt'),
      at: clock.now(),
      action: 'mail_budget_raised',
      targets: [parseOrganization(organization)],
      requestId,
      details: { emailsPerDay },
    }),
  ]);
  return ok({ done: `${organizationId} may request at least ${emailsPerDay} invite emails per day.` });
};
