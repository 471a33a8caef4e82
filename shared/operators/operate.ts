import * as z from 'zod';
import { audit } from '../audit/audit-event.ts';
import { normalizeEmail } from '../invites/email-address.ts';
import { recentMailDays } from '../invites/mail-health.ts';
import type { Services } from '../ports.ts';
import { fail, ok, type Result } from '../result.ts';
import { present } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { erase, guard } from '../table/write.ts';

const organizationId = z.string().regex(/^org_[0-9A-Z]{26}$/);

/** What operators of an installation may have done, past the API. */
export const operatorCommand = z.discriminatedUnion('command', [
  z.strictObject({ command: z.literal('resume_sending'), organizationId }),
  z.strictObject({ command: z.literal('lift_suppression'), organizationId, email: z.string() }),
]);

export type OperatorCommand = z.infer<typeof operatorCommand>;

type OperatorServices = Pick<Services, 'tenantTable' | 'clock' | 'ids'>;

export const operate = async (
  services: OperatorServices,
  command: OperatorCommand,
  requestId: string,
): Promise<Result<{ done: string }>> =>
  command.command === 'resume_sending'
    ? resumeSending(services, command.organizationId, requestId)
    : liftSuppression(services, command, requestId);

/** Forgets the mails counted so far: the next ones decide anew. Waiting mails go out within the hour. */
const resumeSending = async (
  { tenantTable, clock, ids }: OperatorServices,
  organization: string,
  requestId: string,
): Promise<Result<{ done: string }>> => {
  const table = tenantTable(organization);
  if (!(await table.get(keys.organization(organization)))) return fail('organization_not_found');
  const now = clock.now();
  const days = await recentMailDays(table, organization, now);
  await table.transact([
    ...days.map(({ day }) => erase(keys.mailDay(organization, day))),
    audit({
      organizationId: organization,
      id: ids.next('evt'),
      at: now,
      action: 'sending_resumed',
      targets: [organization],
      requestId,
      details: { days },
    }),
  ]);
  return ok({ done: `Sending goes on for ${organization}.` });
};

const liftSuppression = async (
  { tenantTable, clock, ids }: OperatorServices,
  { organizationId: organization, email }: Extract<OperatorCommand, { command: 'lift_suppression' }>,
  requestId: string,
): Promise<Result<{ done: string }>> => {
  const address = normalizeEmail(email);
  if (!address.ok) return fail('invalid_email');
  const written = await tenantTable(organization).transact([
    erase(keys.suppression(organization, address.value), guard(present('pk'), 'not_found' as const)),
    audit({
      organizationId: organization,
      id: ids.next('evt'),
      at: clock.now(),
      action: 'suppression_lifted',
      targets: [organization],
      requestId,
      details: { email: address.value },
    }),
  ]);
  return written.ok
    ? ok({ done: 'The address may be invited again.' })
    : fail('not_found', 'The address is not suppressed.');
};
