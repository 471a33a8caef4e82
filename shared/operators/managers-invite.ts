import { inviteItem, namedInvite, newInvite, type Invite } from '../invites/invite.ts';
import type { Organization } from '../organizations/organization.ts';
import { dueNow } from '../table/keys.ts';
import { put, type Write } from '../table/write.ts';
import { knownOperators, operators } from '../users/operators.ts';
import { auditByOperators, type OperatorServices } from './operator.ts';

/** An invite from the operators to become an organization manager. It does not count against the organization's quota of emails. */
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

/** The writes that create such an invite, except for its address item, which the caller writes. */
export const managersInviteWrites = (invite: Invite, requestId: string, now: string): Write<never>[] => [
  put({ ...inviteItem(invite), ...dueNow(now) }),
  knownOperators(invite.organizationId),
  ...auditByOperators({
    organizationId: invite.organizationId,
    id: invite.createdIn,
    at: now,
    action: 'invites_created',
    targets: [namedInvite(invite)],
    requestId,
  }),
];
