import { expect } from 'vitest';
import { leaveOrganization, removeUser } from '../../shared/handover/remove-user.ts';
import { restoreUser } from '../../shared/handover/restore-user.ts';
import { inviteUsers } from '../../shared/invites/invite-users.ts';
import { resendInvite } from '../../shared/invites/resend-invite.ts';
import { revokeInvite } from '../../shared/invites/revoke-invite.ts';
import { updateInvite } from '../../shared/invites/update-invite.ts';
import { deletePool } from '../../shared/pools/delete-pool.ts';
import type { RoleAssignment } from '../../shared/roles/role.ts';
import { changeRoles } from '../../shared/users/change-roles.ts';
import type { PendingInvitesChoice } from '../../shared/users/inviter.ts';
import type { User } from '../../shared/users/user.ts';
import { callerOf, servicesOf } from './operations.ts';
import { outcomeOf, type Run } from './races.ts';

interface Repeated {
  ifMatch?: number;
  idempotency?: { request: string; bodyHash: string };
}

const nothing = { query: {}, body: undefined };

/** Requests by users of an organization. Each is a function of the services, so that a test can change the table that it uses. */
export const requestsIn = (organizationId: string) => {
  const params = { organizationId };
  return {
    changeRoles:
      (by: User, { id: userId }: User, roles: RoleAssignment[]): Run =>
      (services) =>
        changeRoles(services)(callerOf(by), { params: { ...params, userId }, query: {}, body: { roles } }),
    removeUser:
      (by: User, { id: userId }: User, { id: successorId }: User, pendingInvites: PendingInvitesChoice = 'keep'): Run =>
      (services) =>
        removeUser(services)(callerOf(by), {
          params: { ...params, userId },
          query: { successorId, pendingInvites },
          body: undefined,
        }),
    leaveOrganization:
      (by: User, { id: successorId }: User, pendingInvites: PendingInvitesChoice = 'keep'): Run =>
      (services) =>
        leaveOrganization(services)(callerOf(by), { params, query: { successorId, pendingInvites }, body: undefined }),
    restoreUser:
      (by: User, { id: userId }: User): Run =>
      (services) =>
        restoreUser(services)(callerOf(by), { params: { ...params, userId }, ...nothing }),
    inviteUsers:
      (by: User, emails: string[], roles: RoleAssignment[] = [{ role: 'member' }], repeated: Repeated = {}): Run =>
      (services) =>
        inviteUsers(services)(callerOf(by), { params, query: {}, body: { emails, roles, dryRun: false }, ...repeated }),
    updateInvite:
      (by: User, inviteId: string, body: { roles?: RoleAssignment[]; email?: string }): Run =>
      (services) =>
        updateInvite(services)(callerOf(by), { params: { ...params, inviteId }, query: {}, body }),
    resendInvite:
      (by: User, inviteId: string): Run =>
      (services) =>
        resendInvite(services)(callerOf(by), { params: { ...params, inviteId }, ...nothing }),
    revokeInvite:
      (by: User, inviteId: string, repeated: Repeated = {}): Run =>
      (services) =>
        revokeInvite(services)(callerOf(by), { params: { ...params, inviteId }, ...nothing, ...repeated }),
    deletePool:
      (by: User, poolId: string): Run =>
      (services) =>
        deletePool(services)(callerOf(by), { params: { ...params, poolId }, ...nothing }),
  };
};

/** Runs a request and asserts that it succeeds. */
export const succeed = async (organizationId: string, run: Run): Promise<void> => {
  expect(outcomeOf(await run(servicesOf(organizationId)))).toBe('done');
};
