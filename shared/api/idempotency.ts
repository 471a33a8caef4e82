import * as z from 'zod';
import { keys } from '../table/keys.ts';
import { absent, anyOf, atMost } from '../table/condition.ts';
import { guard, put, type Write } from '../table/write.ts';
import { epochSeconds } from '../time.ts';
import type { Idempotency } from './route.ts';

/** Product rule: an Idempotency-Key counts for 24 hours. */
const rememberedSeconds = 24 * 60 * 60;

const storedAnswer = z.object({ bodyHash: z.string(), answer: z.unknown(), ttl: z.number() });

/** What a request was answered before, while that counts: the table may keep it longer. */
export const parseAnswer = (item: unknown, now: string): { bodyHash: string; answer?: unknown } | undefined => {
  const answer = item === undefined ? undefined : storedAnswer.parse(item);
  return answer && answer.ttl > epochSeconds(now) ? answer : undefined;
};

/** Remembers a create's answer, in the create's own transaction; `replayed` when it was remembered already. */
export const remember = (
  tenant: string,
  idempotency: Idempotency | undefined,
  answer: unknown,
  now: string,
  part?: string,
): Write<'replayed'>[] =>
  idempotency
    ? [
        put(
          {
            ...keys.answer(tenant, idempotency.request, part),
            bodyHash: idempotency.bodyHash,
            answer,
            ttl: epochSeconds(now) + rememberedSeconds,
          },
          guard(anyOf(absent('pk'), atMost('ttl', epochSeconds(now))), 'replayed' as const),
        ),
      ]
    : [];
