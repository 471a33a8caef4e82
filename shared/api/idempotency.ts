import * as z from 'zod';
import { keys } from '../table/keys.ts';
import { absent } from '../table/condition.ts';
import { guard, put, type Write } from '../table/write.ts';
import type { Idempotency } from './route.ts';

/** Product rule: an Idempotency-Key counts for 24 hours. */
const rememberedSeconds = 24 * 60 * 60;

const storedAnswer = z.object({ bodyHash: z.string(), answer: z.unknown() });

export const parseAnswer = (item: unknown) => storedAnswer.parse(item);

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
            ttl: Math.floor(Date.parse(now) / 1000) + rememberedSeconds,
          },
          guard(absent('pk'), 'replayed' as const),
        ),
      ]
    : [];
