import type { Member } from '../actor.ts';
import type { Input, Operation, Output } from '../api/route.ts';
import { auditBy } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import type { Services } from '../ports.ts';
import { err, fail, ok, type Result } from '../result.ts';
import { startOver } from '../retry.ts';
import { stillOrganizationManager } from '../roles/entitlement.ts';
import { equal } from '../table/condition.ts';
import { dueNow, keys } from '../table/keys.ts';
import { guard, update } from '../table/write.ts';
import { addressFree, holdAddress } from './address.ts';
import { inviteToChange } from './judge-invite.ts';
import { findAnswerable } from './standing.ts';
import { expiryFrom, inviterEntry, statusEntry, type Invite } from './invite.ts';
import type { inviteRoutes } from './invite-routes.ts';
import { inviteView } from './invite-view.ts';

type ResendInvite = typeof inviteRoutes.resendInvite;

/** Seconds between two requests for the mail of one invite. */
const pause = 60;

/** Replaced secrets that are remembered, so that an old link says what happened to it. */
const rememberedHashes = 50;

export const resendInvite: Operation<ResendInvite> = (services) => (actor, input) =>
  startOver(() => attempt(services, actor, input));

const attempt = async (
  services: Services,
  actor: Member,
  input: Input<ResendInvite>,
): Promise<Result<Output<ResendInvite>, Failure | 'again'>> => {
  const { table, clock, poolTree } = services;
  const { organization } = actor;
  const now = clock.now();
  const judged = await inviteToChange(table, organization.id, input, now);
  if (!judged.ok) return judged;
  const { invite, status } = judged.value;
  if (status !== 'pending' && status !== 'expired') return fail('invite_settled', `The invite is ${status}.`);
  const waited = (Date.parse(now) - Date.parse(invite.requestedAt)) / 1000;
  if (waited < pause)
    return fail('too_soon', 'Its mail was asked for less than a minute ago.', {
      retryAfter: Math.ceil(pause - waited),
    });

  // An expired invite may have outlived the inviter's right; whoever renews it answers for it.
  const answers = status === 'expired' ? { invitedBy: actor.userId, invitedBySince: now } : {};
  const changes = {
    ...answers,
    status: 'pending' as const,
    delivery: 'queued' as const,
    requestedAt: now,
    expiresAt: expiryFrom(now, invite.lifetimeDays),
    attempts: 0,
    secretHashes: [],
    supersededHashes: [...invite.supersededHashes, ...invite.secretHashes].slice(-rememberedHashes),
  };
  const renewed: Invite = { ...invite, ...changes, version: invite.version + 1 };
  delete renewed.deliveryDetail;
  const result = await table.transact([
    update(
      keys.invite(organization.id, invite.id),
      {
        set: {
          ...changes,
          ...statusEntry(invite, 'pending'),
          ...inviterEntry(renewed),
          ...dueNow(now),
        },
        remove: ['deliveryDetail', 'claim'],
        add: { version: 1 },
      },
      guard(equal('version', invite.version), 'again' as const),
      guard(equal('status', invite.status), 'again' as const),
      guard(equal('invitedBy', invite.invitedBy), 'again' as const),
      // A mail that is on its way adds a secret and counts an attempt: its secret must be among those replaced.
      guard(equal('attempts', invite.attempts), 'again' as const),
    ),
    holdAddress(renewed, addressFree(now, invite.id), 'address_taken' as const),
    stillOrganizationManager(actor),
    auditBy(services, actor, now, 'invite_resent', [invite.id]),
  ]);
  if (!result.ok) return result.error === 'again' ? err('again') : fail(result.error);
  const tree = await poolTree(table, organization.id, organization.treeVersion);
  return ok(inviteView(renewed, await findAnswerable(table, organization.id, [renewed]), tree, now));
};
