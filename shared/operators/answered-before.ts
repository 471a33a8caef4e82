import { parseAnswer } from '../api/idempotency.ts';
import type { Idempotency } from '../api/route.ts';
import { fail, ok, type Result } from '../result.ts';
import { keys } from '../table/keys.ts';
import { operatorsTenant, type OperatorServices } from './operator.ts';

/** What a command with an idempotency key was answered before, as the pipeline finds it for requests. */
export const answeredBefore = async (
  { tenantTable, clock, secrets }: OperatorServices,
  { idempotencyKey, ...command }: { command: string; idempotencyKey?: string | undefined },
): Promise<Result<Idempotency | undefined>> => {
  if (idempotencyKey === undefined) return ok(undefined);
  const request = secrets.hash(JSON.stringify([command.command, idempotencyKey]));
  const bodyHash = secrets.hash(JSON.stringify(command));
  const item = await tenantTable(operatorsTenant).get(keys.answer(operatorsTenant, request));
  const answered = parseAnswer(item, clock.now());
  if (answered && answered.bodyHash !== bodyHash) return fail('idempotency_key_reused');
  return ok({ request, bodyHash, ...(answered && { remembered: answered.answer }) });
};
