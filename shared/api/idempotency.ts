import * as z from 'zod';
import { idempotencyHours } from '../limits.ts';
import { fail, ok, type Result } from '../result.ts';
import { keys } from '../table/keys.ts';
import { absent, anyOf, atMost, present } from '../table/condition.ts';
import type { Table } from '../table/table.ts';
import { erase, guard, put, type Write } from '../table/write.ts';
import { after, epochSeconds, hour } from '../time.ts';
import type { Idempotency } from './route.ts';

const storedResponse = z.object({ bodyHash: z.string(), answer: z.unknown(), ttl: z.number() });

const keyOf = (tenant: string, { request, part }: Idempotency) => keys.answer(tenant, request, part);

/** Returns the key of the remembered response, so that it is read in the same request as the items that the route declares. */
export const rememberedKeys = (tenant: string, idempotency: Idempotency | undefined) =>
  idempotency ? [keyOf(tenant, idempotency)] : [];

/**
 * Returns the remembered response unless it has expired: DynamoDB may delete expired items late. Fails if the key was used
 * with a different body.
 */
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

/**
 * Stores the response in the transaction whose result it reports, so that neither exists without the other. Fails with
 * `replayed` if a concurrent request with the same key was stored first.
 */
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

/** Forgets a remembered response. Fails with `forgotten` if another request has done so. */
export const forgetResponse = (tenant: string, idempotency: Idempotency | undefined): Write<'forgotten'>[] =>
  idempotency ? [erase(keyOf(tenant, idempotency), guard(present('pk'), 'forgotten'))] : [];
