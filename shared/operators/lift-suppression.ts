import { normalizeEmail } from '../invites/email-address.ts';
import { parseOrganization } from '../organizations/organization.ts';
import { fail, ok, type Result } from '../result.ts';
import { present } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { erase, guard } from '../table/write.ts';
import { knownOperators } from '../users/operators.ts';
import { auditByOperators, type OperatorAnswer, type OperatorServices } from './operator.ts';

export const liftSuppression = async (
  { tenantTable, clock, ids }: OperatorServices,
  { organizationId, email }: { organizationId: string; email: string },
  requestId: string,
): Promise<Result<OperatorAnswer>> => {
  const address = normalizeEmail(email);
  if (!address.ok) return fail('invalid_email');
  const table = tenantTable(organizationId);
  const organization = await table.get(keys.organization(organizationId));
  if (!organization) return fail('organization_not_found');
  const transaction = await table.transact([
    erase(keys.suppression(organizationId, address.value), guard(present('pk'), 'not_found')),
    knownOperators(organizationId),
    ...auditByOperators({
      organizationId,
      id: ids.next('evt'),
      at: clock.now(),
      action: 'suppression_lifted',
      targets: [parseOrganization(organization)],
      requestId,
      details: { email: address.value },
    }),
  ]);
  return transaction.ok
    ? ok({ done: 'The address may be invited again.' })
    : fail('not_found', 'The address is not suppressed.');
};
