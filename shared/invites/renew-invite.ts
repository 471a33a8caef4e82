import type * as z from 'zod';
import type { Member } from '../actor.ts';
import type { ErrorCode, Failure } from '../errors.ts';
import { reasonAttributes } from '../mail/delivery-reason.ts';
import type { Services } from '../ports.ts';
import { err, fail, ok, type Result } from '../result.ts';
import { equal } from '../table/condition.ts';
import { dueNow, gsi2, keys, partitions } from '../table/keys.ts';
import type { TransactResult } from '../table/table.ts';
import { guard, update, type Write } from '../table/write.ts';
import { after, dayOf, endOfDay, secondsUntil } from '../time.ts';
import { cleanedUpAt, expiryFrom, inviterEntry, statusEntry, type Invite } from './invite.ts';
import type { inviteView as inviteSchema } from './invite-routes.ts';
import { inviteView } from './invite-view.ts';
import type { JudgedInvite } from './judge-invite.ts';
import { takeQuota } from './quota.ts';
import { findAnswerable } from './standing.ts';
import { notSuppressed } from './suppression.ts';

/** Milliseconds between two requests for the mail of one invite, and requests a day; product design. */
const pause = 60_000;
const resendsPerDay = 5;

/** Replaced secrets that are remembered, so that an old link says what happened to it. */
const rememberedHashes = 50;

/** An invite whose mail is asked for anew: all older links are dead, its life starts again. `email`: at another address. */
export const renewed = (
  { invite, status }: JudgedInvite,
  actor: Member,
  now: string,
  email: string = invite.email,
): Result<Invite> => {
  if (status !== 'pending' && status !== 'expired') return fail('invite_settled', `The invite is ${status}.`);
  const pausedUntil = after(invite.requestedAt, pause);
  if (pausedUntil > now && email === invite.email)
    return fail('too_soon', 'Its mail was asked for less than a minute ago.', {
      retryAfter: secondsUntil(now, pausedUntil),
    });
  const today = dayOf(now);
  const resends = invite.resentOn === today ? (invite.resends ?? 0) : 0;
  if (resends >= resendsPerDay)
    return fail('too_soon', `Its mail was asked for ${resendsPerDay} times today already.`, {
      retryAfter: secondsUntil(now, endOfDay(now)),
    });
  const { deliveryDetail: _d, remindedAt: _r, renewalAskedAt: _a, sentAt: _s, ...rest } = invite;
  return ok({
    ...rest,
    // An expired invite may have outlived the inviter's right; whoever renews it answers for it.
    ...(status === 'expired' && { invitedBy: actor.userId, invitedBySince: now }),
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
    supersededHashes: [...invite.supersededHashes, ...invite.secretHashes].slice(-rememberedHashes),
    version: invite.version + 1,
  });
};

/** Writes of a renewal beside the address's, conditioned on all that it was decided on. */
export const renewalWrites = (
  before: Invite,
  next: Invite,
  { now, quota }: { now: string; quota: number },
): Write<'again' | 'quota_exceeded' | 'address_suppressed'>[] => [
  update(
    keys.invite(before.organizationId, before.id),
    {
      set: {
        email: next.email,
        invitedBy: next.invitedBy,
        invitedBySince: next.invitedBySince,
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
        ...gsi2(partitions.invitesByEmail(next.organizationId), `${next.email}\t${next.id}`),
        ...inviterEntry(next),
        ttl: cleanedUpAt(next.expiresAt),
        ...dueNow(now),
      },
      remove: [...reasonAttributes, 'claim', 'remindedAt', 'renewalAskedAt', 'sentAt'],
      add: { version: 1 },
    },
    guard(equal('version', before.version), 'again' as const),
    guard(equal('status', before.status), 'again' as const),
    guard(equal('invitedBy', before.invitedBy), 'again' as const),
    // A mail that is on its way adds a secret and counts an attempt: its secret must be among those replaced.
    guard(equal('attempts', before.attempts), 'again' as const),
  ),
  takeQuota(before.organizationId, 1, { now, quota, otherwise: 'quota_exceeded' as const }),
  notSuppressed(before.organizationId, next.email, 'address_suppressed' as const),
];

/** What a renewal's write came to. */
export const settledRenewal = async (
  { table, poolTree }: Services,
  { organization }: Member,
  next: Invite,
  result: TransactResult<ErrorCode | 'again'>,
  now: string,
): Promise<Result<z.input<typeof inviteSchema>, Failure | 'again'>> => {
  if (!result.ok)
    return result.error === 'quota_exceeded'
      ? fail('quota_exceeded', 'The organization has asked for as many mails today as it may.', {
          retryAfter: secondsUntil(now, endOfDay(now)),
        })
      : result.error === 'again'
        ? err('again')
        : fail(result.error);
  const tree = await poolTree(table, organization.id, organization.treeVersion);
  return ok(inviteView(next, await findAnswerable(table, organization.id, [next]), tree, now));
};
