import { randomUUID } from 'node:crypto';
import { operate, operatorCommand } from '../../shared/operators/operate.ts';
import { readEnvironment } from '../adapters/environment.ts';
import { requestServices } from '../adapters/services.ts';
import { logger } from '../http/log.ts';

const services = requestServices(readEnvironment())(undefined);

/** For operators, who may invoke it by name: `{"command":"resume_sending","organizationId":"org_…"}`. Throws what is wrong. */
export const handler = async (event: unknown): Promise<{ done: string }> => {
  const requestId = randomUUID();
  const command = operatorCommand.parse(event);
  const result = await operate(services, command, requestId);
  logger.info('operated', {
    requestId,
    command: command.command,
    organizationId: command.organizationId,
    ok: result.ok,
  });
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.detail ?? ''}`);
  return result.value;
};
