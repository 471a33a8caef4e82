import * as z from 'zod';
import { findRemembered, forgetResponse, rememberResponse } from '../api/idempotency.ts';
import type { Idempotency } from '../api/route.ts';
import type { PartEnd } from '../api/batch-operation.ts';
import { Unavailable } from '../errors.ts';
import { err, ok, type Result } from '../result.ts';
import type { Table } from '../table/table.ts';
import { dayOf } from '../time.ts';
import { countCreated, type DecidedOutcome } from './decide-outcomes.ts';
import { returnQuota, takeQuota, type Requester } from './quota.ts';

/**
 * The emails that a request with several parts takes from the day's quota for all parts at once, so that its parts, which run in
 * parallel, do not write the same item. Each part can use only its own emails. At the end, the request returns the unused ones.
 *
 * The mails are taken before anything uses them and are returned only when no part can use them any more, so organizations never
 * request more mails than their quota. If a call dies in between, its unused mails are lost for the rest of the day, unless it is
 * repeated with its `Idempotency-Key`: the reservation is remembered with the key, so the repeated call writes the missing parts
 * with the mails that are reserved for them.
 */
export interface Reservation {
  day: string;
  /** The number of mails of each part, by the position of its first address. */
  mails: Readonly<Record<string, number>>;
}

const storedReservation = z.object({ day: z.string(), mails: z.record(z.string(), z.number()) });

/** A reservation is remembered like the response of a part. Each day has its own, because the quota is per day. */
const ofDay = (idempotency: Idempotency | undefined, day: string): Idempotency | undefined =>
  idempotency && { ...idempotency, part: `quota-${day}` };

/** Finds the reservation that an earlier request with the same `Idempotency-Key` has made today and not returned. */
export const findReservation = async (
  table: Table,
  organizationId: string,
  idempotency: Idempotency | undefined,
  now: string,
): Promise<Result<Reservation | undefined>> => {
  const found = await findRemembered(table, organizationId, ofDay(idempotency, dayOf(now)), now);
  return found.ok ? ok(found.value && storedReservation.parse(found.value.response)) : found;
};

interface Reserving {
  now: string;
  /** The day's quota. */
  quota: number;
  idempotency: Idempotency | undefined;
}

/** Takes the mails of all parts from the quota in one write. Returns `retry` if less is left by now. */
export const reserve = async (
  table: Table,
  requester: Requester,
  mails: Reservation['mails'],
  { now, quota, idempotency }: Reserving,
): Promise<Result<Reservation, 'retry'>> => {
  const reservation = { day: dayOf(now), mails };
  const taken = await table.transact([
    ...takeQuota(requester, sum(mails), { now, quota, otherwise: 'retry' }),
    ...rememberResponse(requester.organizationId, ofDay(idempotency, reservation.day), reservation, now),
  ]);
  return taken.ok ? ok(reservation) : err('retry');
};

/**
 * Returns the mails that the parts did not use. With an `Idempotency-Key`, another request may still write the parts that this
 * one did not, so only a request that knows the ends of all parts returns anything, and only the first one that does.
 */
export const returnUnused = async (
  table: Table,
  requester: Requester,
  { day, mails }: Reservation,
  ends: readonly PartEnd[],
  idempotency: Idempotency | undefined,
): Promise<void> => {
  if (idempotency && ends.some(({ kind }) => kind !== 'done')) return;
  const unused = sum(mails) - sum(Object.fromEntries(ends.map((end) => [end.start, usedBy(end, mails)])));
  if (unused <= 0) return;
  try {
    await table.transact([
      ...returnQuota(requester, day, unused),
      ...forgetResponse(requester.organizationId, ofDay(idempotency, day)),
    ]);
  } catch (error) {
    // The invites exist, and only they matter to the caller. The mails are lost for the day.
    if (!(error instanceof Unavailable)) throw error;
  }
};

/** The mails of a part that are used, or, if its transaction may have committed without a response, may be used. */
const usedBy = ({ start, kind, outcomes }: PartEnd, mails: Reservation['mails']): number => {
  const reserved = mails[start] ?? 0;
  if (kind === 'unknown') return reserved;
  return Math.min(reserved, countCreated(outcomes as Pick<DecidedOutcome, 'outcome'>[]));
};

const sum = (mails: Reservation['mails']): number => Object.values(mails).reduce((total, each) => total + each, 0);
