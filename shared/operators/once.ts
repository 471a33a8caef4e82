import { findRemembered } from '../api/idempotency.ts';
import type { Idempotency } from '../api/route.ts';
import type { Failure } from '../errors.ts';
import { ok, type Result } from '../result.ts';
import { retryStale } from '../retry.ts';
import { operatorsTenant, type OperatorAnswer, type OperatorServices } from './operator.ts';

interface Command {
  command: string;
  idempotencyKey?: string | undefined;
}

/** Runs a command once per idempotency key. A repeated command gets the remembered response, like a repeated request. */
export const once = (
  services: OperatorServices,
  command: Command,
  attempt: (idempotency: Idempotency | undefined) => Promise<Result<OperatorAnswer, Failure | 'retry'>>,
): Promise<Result<OperatorAnswer>> => {
  const idempotency = idempotencyOf(services, command);
  const table = services.tenantTable(operatorsTenant);
  return retryStale(services.clock, async () => {
    const remembered = await findRemembered(table, operatorsTenant, idempotency, services.clock.now());
    if (!remembered.ok) return remembered;
    return remembered.value ? ok(remembered.value.response as OperatorAnswer) : attempt(idempotency);
  });
};

const idempotencyOf = (
  { secrets }: OperatorServices,
  { idempotencyKey, ...command }: Command,
): Idempotency | undefined =>
  idempotencyKey === undefined
    ? undefined
    : {
        request: secrets.hash(JSON.stringify([command.command, idempotencyKey])),
        bodyHash: secrets.hash(JSON.stringify(command)),
      };
