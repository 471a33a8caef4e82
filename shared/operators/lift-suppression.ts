import { normalizeEmail } from '../invites/email-address.ts';
import { suppressionShown } from '../invites/suppression.ts';
import { parseOrganization } from '../organizations/organization.ts';
import { fail, ok, type Result } from '../result.ts';
import { present } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { erase, guard } from '../table/write.ts';
import { knownOperators } from '../users/operators.ts';
import { auditByOperators, type OperatorAnswer, type OperatorServices } from './operator.ts';

export const liftSuppression = async (
  services: OperatorServices,
  command: { organizationId: string; email: string },
  requestId: string,
): Promise<Result<OperatorAnswer>> => {
  const { tenantTable, clock, ids } = services;
  const { organizationId, email } = command;
  const address = normalizeEmail(email);
  if (!address.ok) return fail('invalid_email');
  const table = tenantTable(organizationId);
  const organization = await table.get(keys.organization(organizationId));
  if (!organization) return fail('organization_not_found');
  const transaction = await table.transact([
    erase(keys.suppression(organizationId, address.value), guard(present('pk'), 'not_found')),
    ...(await suppressionShown(table, organizationId, address.value, false)),
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
  // The invite of the address was moved to another address at the same time.
  if (!transaction.ok && transaction.error === 'changed') return liftSuppression(services, command, requestId);
  return transaction.ok
    ? ok({ done: 'The address may be invited again.' })
    : fail('not_found', 'The address is not suppressed.');
};
