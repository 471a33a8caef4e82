import * as z from 'zod';
import { idempotencyHours } from '../limits.ts';
import { fail, ok, type Result } from '../result.ts';
import { keys } from '../table/keys.ts';
import { absent, anyOf, atMost } from '../table/condition.ts';
import type { Table } from '../table/table.ts';
import { guard, put, type Write } from '../table/write.ts';
import { after, epochSeconds, hour } from '../time.ts';
import type { Idempotency } from './route.ts';

const storedResponse = z.object({ bodyHash: z.string(), answer: z.unknown(), ttl: z.number() });

const keyOf = (tenant: string, { request, part }: Idempotency) => keys.answer(tenant, request, part);

/** The key of a request's remembered response, to be read together with what the request itself names. */
export const rememberedKeys = (tenant: string, idempotency: Idempotency | undefined) =>
  idempotency ? [keyOf(tenant, idempotency)] : [];

/** The response to the same request before, while it counts (the table may keep it longer). Fails for another body under the same key. */
export const findRemembered = async (
  table: Table,
  tenant: string,
  idempotency: Idempotency | undefined,
  now: string,
): Promise<Result<{ response: unknown } | undefined>> => {
  const item = idempotency && (await table.get(keyOf(tenant, idempotency)));
  const stored = item && storedResponse.parse(item);
  if (!stored || stored.ttl <= epochSeconds(now)) return ok(undefined);
  return stored.bodyHash === idempotency?.bodyHash
    ? ok({ response: stored.answer })
    : fail('idempotency_key_reused', undefined, {
        errors: [
          { pointer: 'Idempotency-Key', code: 'idempotency_key_reused', detail: 'It was used with another body.' },
        ],
      });
};

/** Remembers a response, in the transaction that it reports; `replayed` when another request with the same key was faster. */
export const rememberResponse = (
  tenant: string,
  idempotency: Idempotency | undefined,
  response: unknown,
  now: string,
): Write<'replayed'>[] =>
  idempotency
    ? [
        put(
          {
            ...keyOf(tenant, idempotency),
            bodyHash: idempotency.bodyHash,
            answer: response,
            ttl: epochSeconds(after(now, idempotencyHours * hour)),
          },
          guard(anyOf(absent('pk'), atMost('ttl', epochSeconds(now))), 'replayed'),
        ),
      ]
    : [];
