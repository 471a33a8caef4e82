import { expect } from 'vitest';
import { leaveOrganization, removeUser } from '../../shared/handover/remove-user.ts';
import { removeUsers } from '../../shared/handover/remove-users.ts';
import { restoreUser } from '../../shared/handover/restore-user.ts';
import { inviteUsers } from '../../shared/invites/invite-users.ts';
import { resendInvite } from '../../shared/invites/resend-invite.ts';
import { revokeInvite } from '../../shared/invites/revoke-invite.ts';
import { updateInvite } from '../../shared/invites/update-invite.ts';
import { updateOrganization } from '../../shared/organizations/update-organization.ts';
import { deletePool } from '../../shared/pools/delete-pool.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import { idsOf } from '../../shared/named.ts';
import { err, type Result } from '../../shared/result.ts';
import type { RoleAssignment } from '../../shared/roles/role.ts';
import { adjustRoles } from '../../shared/users/adjust-roles.ts';
import { changeRolesOfUsers } from '../../shared/users/change-roles-of-users.ts';
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
    adjustRoles:
      (by: User, { id: userId }: User, body: { add?: RoleAssignment[]; remove?: RoleAssignment[] }): Run =>
      (services) =>
        adjustRoles(services)(callerOf(by), { params: { ...params, userId }, query: {}, body }),
    changeRolesOfUsers:
      (by: User, users: User[], roles: RoleAssignment[]): Run =>
      async (services) => {
        const body = { action: 'replace' as const, roles, userIds: idsOf(users), dryRun: false };
        return firstFailure(await changeRolesOfUsers(services)(callerOf(by), { params, query: {}, body }));
      },
    removeUsers:
      (by: User, users: User[], { id: successorId }: User, pendingInvites: PendingInvitesChoice = 'keep'): Run =>
      async (services) => {
        const body = { userIds: idsOf(users), successorId, pendingInvites, dryRun: false };
        return firstFailure(await removeUsers(services)(callerOf(by), { params, query: {}, body }));
      },
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
    changeSettings:
      (by: User, body: Parameters<ReturnType<typeof updateOrganization>>[1]['body']): Run =>
      (services) =>
        updateOrganization(services)(callerOf(by), { params, query: {}, body }),
    deletePool:
      (by: User, poolId: string): Run =>
      (services) =>
        deletePool(services)(callerOf(by), { params: { ...params, poolId }, ...nothing }),
  };
};

/** The result of a request with an outcome for each user, as a request for one user has it: a failure, if there is one. */
const firstFailure = (result: Result<{ results: { ok: boolean; code?: string }[] }>): Result<unknown> => {
  const failed = result.ok && result.value.results.find(({ ok }) => !ok);
  return failed ? err({ code: failed.code as ErrorCode }) : result;
};

/** Runs a request and asserts that it succeeds. */
export const succeed = async (organizationId: string, run: Run): Promise<void> => {
  expect(outcomeOf(await run(servicesOf(organizationId)))).toBe('done');
};
