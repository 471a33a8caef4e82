import { inviteItem, newInvite, type Invite } from '../invites/invite.ts';
import type { Organization } from '../organizations/organization.ts';
import { dueNow } from '../table/keys.ts';
import { put, type Write } from '../table/write.ts';
import { knownOperators, operators } from '../users/operators.ts';
import { auditByOperators, type OperatorServices } from './operator.ts';

/** An invite of the operators to be an organization manager. It takes nothing from the organization's quota of mails. */
export const managersInvite = ({ ids }: OperatorServices, organization: Organization, email: string, now: string) =>
  newInvite(
    {
      id: ids.next('inv'),
      organizationId: organization.id,
      email,
      assignments: [{ role: 'organization_manager' }],
      invitedBy: operators.id,
      createdIn: ids.next('evt'),
      lifetimeDays: organization.inviteExpiryDays,
    },
    now,
  );

/** The address is the caller's. */
export const managersInviteWrites = (invite: Invite, requestId: string, now: string): Write<never>[] => [
  put({ ...inviteItem(invite), ...dueNow(now) }),
  knownOperators(invite.organizationId),
  auditByOperators({
    organizationId: invite.organizationId,
    id: invite.createdIn,
    at: now,
    action: 'invites_created',
    targets: [invite.id],
    requestId,
  }),
];
