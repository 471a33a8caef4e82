import type { ExceededLimit } from '../errors.ts';
import { fail, ok, type Result } from '../result.ts';
import { second } from '../time.ts';

/**
 * A limit as a bucket of tokens that refills continuously. Only one number is stored of a bucket: the instant at which it will be
 * full again, in milliseconds since 1970. Taking tokens moves it into the future; a bucket of which nothing is stored is full.
 */
export interface BucketLimit {
  name: string;
  unit: ExceededLimit['unit'];
  atOnceMax: number;
  perSecond: number;
}

/** A limit, increased by the factor of the stage. */
export const enlarged = (limit: BucketLimit, factor: number): BucketLimit => ({
  ...limit,
  atOnceMax: limit.atOnceMax * factor,
  perSecond: limit.perSecond * factor,
});

/** How long these tokens take to refill, in milliseconds. A call that costs more than the bucket holds takes all of it. */
export const refillTime = ({ atOnceMax, perSecond }: BucketLimit, tokens: number): number =>
  (Math.min(tokens, atOnceMax) / perSecond) * second;

/** The latest instant at which the bucket may be full again for these tokens to be taken now. */
export const fullAtMax = (limit: BucketLimit, tokens: number, now: number): number =>
  now + refillTime(limit, limit.atOnceMax) - refillTime(limit, tokens);

/** The decision whether these tokens can be taken now. Returns the instant at which the bucket is full again afterwards. */
export const take = (limit: BucketLimit, tokens: number, now: number, fullAt = 0): Result<number> => {
  const latest = fullAtMax(limit, tokens, now);
  if (fullAt <= latest) return ok(Math.max(fullAt, now) + refillTime(limit, tokens));
  return fail('too_many_requests', 'You have used your share for the moment. Try again shortly.', {
    retryAfter: Math.max(1, Math.ceil((fullAt - latest) / second)),
    limit: {
      name: limit.name,
      unit: limit.unit,
      quota: limit.atOnceMax,
      windowSeconds: Math.max(1, Math.ceil(refillTime(limit, limit.atOnceMax) / second)),
      remaining: Math.max(0, Math.floor(((now - fullAt) / second) * limit.perSecond + limit.atOnceMax)),
    },
  });
};
