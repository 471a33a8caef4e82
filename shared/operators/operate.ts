import * as z from 'zod';
import { cursorPositionBytesMax, operatorKeyLettersMax, raisedBudgetMax } from '../limits.ts';
import { organizationName } from '../organizations/organization.ts';
import type { Result } from '../result.ts';
import { createOrganization } from './create-organization.ts';
import { inviteManager } from './invite-manager.ts';
import { liftSuppression } from './lift-suppression.ts';
import type { OperatorServices, OperatorAnswer } from './operator.ts';
import { raiseMailBudget } from './raise-mail-budget.ts';
import { renewEntries } from './renew-entries.ts';
import { resumeSending } from './resume-sending.ts';

const organizationId = z.string().regex(/^org_[0-9A-Z]{26}$/);

/** A command repeated with the same key has no further effect and gets the same answer, as long as the response is remembered. */
const idempotencyKey = z.string().min(1).max(operatorKeyLettersMax).optional();

/** The commands that the operators of an installation can run without the API. */
export const operatorCommand = z.discriminatedUnion('command', [
  z.strictObject({
    command: z.literal('create_organization'),
    name: organizationName,
    managerEmail: z.string(),
    idempotencyKey,
  }),
  z.strictObject({ command: z.literal('invite_manager'), organizationId, email: z.string(), idempotencyKey }),
  z.strictObject({ command: z.literal('resume_sending'), organizationId }),
  z.strictObject({
    command: z.literal('raise_mail_budget'),
    organizationId,
    emailsPerDay: z.coerce.number().int().min(0).max(raisedBudgetMax),
  }),
  z.strictObject({
    command: z.literal('renew_entries'),
    organizationId,
    after: z.string().max(cursorPositionBytesMax).optional(),
  }),
  z.strictObject({ command: z.literal('lift_suppression'), organizationId, email: z.string() }),
]);

export type OperatorCommand = z.infer<typeof operatorCommand>;

export const operate = async (
  services: OperatorServices,
  command: OperatorCommand,
  requestId: string,
): Promise<Result<OperatorAnswer>> => {
  switch (command.command) {
    case 'create_organization':
      return createOrganization(services, command, requestId);
    case 'invite_manager':
      return inviteManager(services, command, requestId);
    case 'resume_sending':
      return resumeSending(services, command, requestId);
    case 'raise_mail_budget':
      return raiseMailBudget(services, command, requestId);
    case 'renew_entries':
      return renewEntries(services, command);
    case 'lift_suppression':
      return liftSuppression(services, command, requestId);
  }
};
