import type { Member } from '../actor.ts';
import type { ErrorCode, Failure } from '../errors.ts';
import { inviteResendPauseSeconds, inviteResendsPerDayMax, supersededSecretsMax } from '../limits.ts';
import { reasonAttributes } from '../mail/delivery-reason.ts';
import { fail, ok, type Result } from '../result.ts';
import { committed } from '../retry.ts';
import { equal } from '../table/condition.ts';
import { dueNow, indexEntry, keys, partitions } from '../table/keys.ts';
import type { TransactResult } from '../table/table.ts';
import { guard, update, type Write } from '../table/write.ts';
import { after, dayOf, endOfDay, second, secondsUntil } from '../time.ts';
import { cleanedUpAt, expiryFrom, statusEntry, type Invite } from './invite.ts';
import { isOpen } from './invite-status.ts';
import type { EvaluatedInvite } from './evaluate-invite.ts';
import type { InviteView, ShownInvite } from './invite-view.ts';
import { passedTo, responsibleAttributes } from './responsibility.ts';
import { takeQuota } from './quota.ts';
import { notSuppressed } from './suppression.ts';

/**
 * Renews an invite: requests its email again, invalidates all older links, and restarts its lifetime. `email` changes the
 * address. Fails within a minute of the last request for the same address, and after the maximum number of requests per day.
 */
export const renewInvite = (
  { invite, status, roles, shownInviter, firstInviter }: Omit<EvaluatedInvite, 'responsibility'>,
  actor: Member,
  now: string,
  email: string = invite.email,
): Result<ShownInvite> => {
  if (!isOpen(status) && status !== 'expired') return fail('invite_settled', `The invitation is ${status}.`);
  if (roles.length === 0)
    return fail(
      'invite_needs_roles',
      isOpen(status) ? 'Change its roles first.' : 'Invite the address again, with other roles.',
    );
  const pausedUntil = after(invite.requestedAt, inviteResendPauseSeconds * second);
  if (pausedUntil > now && email === invite.email)
    return fail('too_soon', `Its email was requested less than ${inviteResendPauseSeconds} seconds ago.`, {
      retryAfter: secondsUntil(now, pausedUntil),
    });
  const today = dayOf(now);
  const resends = invite.resentOn === today ? (invite.resends ?? 0) : 0;
  if (resends >= inviteResendsPerDayMax)
    return fail('too_soon', `Its email has already been requested ${inviteResendsPerDayMax} times today.`, {
      retryAfter: secondsUntil(now, endOfDay(now)),
    });
  // The inviter of an expired invite may have lost the right to invite since then, so whoever renews the invite becomes responsible for it.
  const takenOver = status === 'expired';
  const held = takenOver ? passedTo(invite, { id: actor.userId }, now) : invite;
  const { deliveryDetail: _d, addressSuppressed: _u, remindedAt: _r, renewalAskedAt: _a, sentAt: _s, ...rest } = held;
  return ok({
    status: 'pending',
    shownInviter: takenOver ? { id: actor.userId, name: actor.name } : shownInviter,
    firstInviter,
    invite: {
      ...rest,
      email,
      status: 'pending',
      delivery: 'queued',
      requestedAt: now,
      round: invite.round + 1,
      resentOn: today,
      resends: resends + 1,
      expiresAt: expiryFrom(now, invite.lifetimeDays),
      attempts: 0,
      secretHashes: [],
      supersededHashes: [...invite.supersededHashes, ...invite.secretHashes].slice(-supersededSecretsMax),
      version: invite.version + 1,
    },
  });
};

/** The writes of a renewal except for the address items, conditional on everything that the decision was based on. */
export const renewalWrites = (
  before: Invite,
  next: Invite,
  { now, quota, actor }: { now: string; quota: number; actor: Pick<Member, 'personId'> },
): Write<'retry' | 'quota_exceeded' | 'address_suppressed'>[] => [
  update(
    keys.invite(before.organizationId, before.id),
    {
      set: {
        email: next.email,
        status: next.status,
        delivery: next.delivery,
        requestedAt: next.requestedAt,
        round: next.round,
        resentOn: next.resentOn,
        resends: next.resends,
        expiresAt: next.expiresAt,
        attempts: next.attempts,
        secretHashes: next.secretHashes,
        supersededHashes: next.supersededHashes,
        ...statusEntry(next, next.status),
        ...indexEntry('gsi2', partitions.invitesByEmail(next.organizationId), `${next.email}\t${next.id}`),
        ...responsibleAttributes(next),
        ttl: cleanedUpAt(next.expiresAt),
        ...dueNow(now),
      },
      remove: [...reasonAttributes, 'addressSuppressed', 'claim', 'remindedAt', 'renewalAskedAt', 'sentAt'],
      add: { version: 1 },
    },
    guard(equal('version', before.version), 'retry'),
    // The worker stores a new responsible inviter without incrementing the version.
    guard(equal('invitedBy', before.invitedBy), 'retry'),
    // Sending an email adds a secret and counts an attempt without incrementing the version. The renewal must supersede that secret too.
    guard(equal('attempts', before.attempts), 'retry'),
  ),
  ...takeQuota({ organizationId: before.organizationId, personId: actor.personId }, 1, {
    now,
    quota,
    otherwise: 'quota_exceeded',
  }),
  notSuppressed(before.organizationId, next.email, 'address_suppressed'),
];

/** The result of a renewal: the invite if its transaction was committed, otherwise the failure. */
export const committedRenewal = (
  transaction: TransactResult<ErrorCode | 'retry'>,
  view: InviteView,
  now: string,
): Result<InviteView, Failure | 'retry'> =>
  !transaction.ok && transaction.error === 'quota_exceeded'
    ? fail(
        'quota_exceeded',
        'You or your organization have requested as many invite emails as possible for today (UTC). Operators can raise the limit.',
        {
          retryAfter: secondsUntil(now, endOfDay(now)),
        },
      )
    : committed(transaction, view);
