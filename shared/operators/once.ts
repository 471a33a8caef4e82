import { parseAnswer } from '../api/idempotency.ts';
import type { Idempotency } from '../api/route.ts';
import type { Failure } from '../errors.ts';
import { fail, ok, type Result } from '../result.ts';
import { startOver } from '../retry.ts';
import { keys } from '../table/keys.ts';
import { operatorsTenant, type OperatorAnswer, type OperatorServices } from './operator.ts';

interface Command {
  command: string;
  idempotencyKey?: string | undefined;
}

/** Does a command, once for an idempotency key: what it was answered before it is answered again, as the pipeline does for requests. */
export const once = (
  services: OperatorServices,
  command: Command,
  attempt: (idempotency: Idempotency | undefined) => Promise<Result<OperatorAnswer, Failure | 'again'>>,
): Promise<Result<OperatorAnswer>> =>
  startOver(async () => {
    const answered = await answeredBefore(services, command);
    if (!answered.ok) return answered;
    if (answered.value?.remembered) return ok(answered.value.remembered as OperatorAnswer);
    return attempt(answered.value);
  });

const answeredBefore = async (
  { tenantTable, clock, secrets }: OperatorServices,
  { idempotencyKey, ...command }: Command,
): Promise<Result<Idempotency | undefined>> => {
  if (idempotencyKey === undefined) return ok(undefined);
  const request = secrets.hash(JSON.stringify([command.command, idempotencyKey]));
  const bodyHash = secrets.hash(JSON.stringify(command));
  const item = await tenantTable(operatorsTenant).get(keys.answer(operatorsTenant, request));
  const answered = parseAnswer(item, clock.now());
  if (answered && answered.bodyHash !== bodyHash) return fail('idempotency_key_reused');
  return ok({ request, bodyHash, ...(answered && { remembered: answered.answer }) });
};
