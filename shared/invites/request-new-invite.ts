import { operation } from '../api/operation.ts';
import { queueNotice } from '../mail/notice.ts';
import { fail, ok } from '../result.ts';
import { committed } from '../retry.ts';
import { rolesWith } from '../roles/authorize.ts';
import { treeUnchanged } from '../roles/known-pools.ts';
import { absent, equal } from '../table/condition.ts';
import { idOfSortKey, keys, partitions } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { check, guard, update } from '../table/write.ts';
import { findUser } from '../users/find-users.ts';
import { mayInvite, type User } from '../users/user.ts';
import { acceptanceRoutes } from './acceptance-routes.ts';
import { addressFree, findAddressStates, replaceable } from './address.ts';
import { evaluateIn } from './evaluate-invite.ts';
import type { Invite } from './invite.ts';
import { deadCode, linkDeclaration, openInvite } from './open-invite.ts';
import { requireAllowedInvite } from './require-allowed-invite.ts';

/**
 * Notifies a user who may renew the invite that the holder of an expired link asks for a new one. Sends one notice, however
 * often they ask, and none if the address is invited or a user by now.
 */
export const requestNewInvite = operation(
  acceptanceRoutes.requestNewInvite,
  linkDeclaration,
  async (services, request) => {
    const { table, ids } = services;
    const { now } = request;
    const opened = await openInvite(services, request);
    if (!opened.ok) return opened;
    const { invite, organization } = opened.value;
    const [{ status, responsibility, tree }] = await Promise.all([
      evaluateIn(services, organization, invite, now),
      // Read in the same request as the inviter.
      table.get(keys.address(organization.id, invite.email)),
    ]);
    if (status === 'pending') return fail('invite_pending', 'The link still opens the invitation.');
    if (status !== 'expired') return fail(deadCode(status));
    const states = await findAddressStates(table, organization.id, [invite.email], { tree, now });
    const address = states.get(invite.email);
    if (address?.kind === 'member') return fail('already_member', 'Go and sign in.');
    if (address?.kind === 'blocked') return fail('invite_blocked');
    if (address?.kind === 'invited') return fail('invite_superseded', 'Use the link of the newest mail.');
    const allowed = requireAllowedInvite(organization, invite);
    if (!allowed.ok) return allowed;
    if (invite.renewalAskedAt !== undefined) return ok(undefined);
    const manager = await findRenewer(table, invite, responsibility.kind === 'held' ? responsibility.by.id : undefined);
    const transaction = await table.transact([
      update(
        keys.invite(organization.id, invite.id),
        { set: { renewalAskedAt: now } },
        guard(equal('round', invite.round), 'retry'),
        guard(absent('renewalAskedAt'), 'retry'),
      ),
      check(
        keys.address(organization.id, invite.email),
        guard(addressFree(now, invite.id, ...replaceable(address)), 'retry'),
      ),
      treeUnchanged(organization.id, organization.treeVersion),
      ...(manager
        ? [
            queueNotice(
              organization.id,
              {
                id: ids.next('mail'),
                kind: 'new_invite_requested',
                to: manager.email,
                personId: manager.personId,
                facts: { organization: organization.name, email: invite.email },
              },
              now,
            ),
          ]
        : []),
    ]);
    return committed(transaction, undefined);
  },
);

/** The user to notify: the responsible user or the stored inviter if they may still invite, otherwise the first user who may. */
const findRenewer = async (
  table: Table,
  { organizationId, invitedBy }: Invite,
  responsibleId: string | undefined,
): Promise<User | undefined> => {
  for (const id of [responsibleId, invitedBy]) {
    const user = id === undefined ? undefined : await findUser(table, organizationId, id);
    if (user && mayInvite(user)) return user;
  }
  for (const role of rolesWith('invite_users')) {
    const page = await table.query({ pk: partitions.role(organizationId, role), limit: 10 });
    for (const { sk } of page.items) {
      const user = await findUser(table, organizationId, idOfSortKey(sk));
      if (user && mayInvite(user)) return user;
    }
  }
  return undefined;
};
