import type { Anonymous } from '../actor.ts';
import type { Input, Operation } from '../api/route.ts';
import type { Failure } from '../errors.ts';
import { queueNotice } from '../mail/notice.ts';
import type { Services } from '../ports.ts';
import { err, fail, ok, type Result } from '../result.ts';
import { startOver } from '../retry.ts';
import { absent, equal } from '../table/condition.ts';
import { idOfSortKey, keys, partitions } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { guard, update } from '../table/write.ts';
import { findUser } from '../users/find-users.ts';
import { mayInvite, type User } from '../users/user.ts';
import type { acceptanceRoutes } from './acceptance-routes.ts';
import type { Invite } from './invite.ts';
import { deadCode, openInvite } from './open-invite.ts';

type RequestNewInvite = typeof acceptanceRoutes.requestNewInvite;

export const requestNewInvite: Operation<RequestNewInvite> = (services) => (actor, input) =>
  startOver(() => attempt(services, actor, input));

/** Tells who may renew it that the holder of an expired link asks for a new one: once, however often it is asked. */
const attempt = async (
  services: Services,
  _actor: Anonymous,
  { body }: Input<RequestNewInvite>,
): Promise<Result<undefined, Failure | 'again'>> => {
  const { clock, ids, tenantTable } = services;
  const now = clock.now();
  const opened = await openInvite(services, tenantTable, body.token, now);
  if (!opened.ok) return opened;
  const { invite, status, organization, inviter } = opened.value;
  if (status === 'pending') return fail('invite_pending', 'The link still opens the invite.');
  if (status !== 'expired') return fail(deadCode(status));
  if (invite.renewalAskedAt !== undefined) return ok(undefined);
  const table = tenantTable(organization.id);
  const manager = await whoMayRenew(table, invite, inviter?.id);
  const written = await table.transact([
    update(
      keys.invite(organization.id, invite.id),
      { set: { renewalAskedAt: now } },
      guard(equal('round', invite.round), 'again' as const),
      guard(absent('renewalAskedAt'), 'again' as const),
    ),
    ...(manager
      ? [
          queueNotice(
            organization.id,
            {
              id: ids.next('mail'),
              kind: 'new_invite_requested',
              to: manager.email,
              facts: { organization: organization.name, email: invite.email },
            },
            now,
          ),
        ]
      : []),
  ]);
  return written.ok ? ok(undefined) : err('again');
};

/** Who answers for the invite, else its inviter, where they may still invite; else the first organization manager by name. */
const whoMayRenew = async (
  table: Table,
  { organizationId, invitedBy }: Invite,
  answering: string | undefined,
): Promise<User | undefined> => {
  for (const id of [answering, invitedBy]) {
    const user = id === undefined ? undefined : await findUser(table, organizationId, id);
    if (user && mayInvite(user)) return user;
  }
  const page = await table.query({ pk: partitions.role(organizationId, 'organization_manager'), limit: 10 });
  for (const { sk } of page.items) {
    const user = await findUser(table, organizationId, idOfSortKey(sk));
    if (user && mayInvite(user)) return user;
  }
  return undefined;
};
