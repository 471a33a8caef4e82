import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { errorCodes } from '../../shared/errors.ts';
import { operate, operatorCommand } from '../../shared/operators/operate.ts';
import type { OperatorAnswer } from '../../shared/operators/operator.ts';
import { readEnvironment } from '../adapters/environment.ts';
import { publishMetrics } from '../adapters/metrics.ts';
import { requestServices } from '../adapters/services.ts';
import { logger } from '../http/log.ts';

const services = requestServices(readEnvironment())(undefined);

/**
 * Runs a command of an operator: `{"command":"resume_sending","organizationId":"org_…"}`. Throws an error that describes a failure.
 */
export const handler = async (event: unknown): Promise<OperatorAnswer> => {
  const requestId = randomUUID();
  const parsed = operatorCommand.safeParse(event);
  if (!parsed.success) throw new Error(`invalid_request: ${z.prettifyError(parsed.error)}`);
  const command = parsed.data;
  const result = await operate(services, command, requestId).finally(publishMetrics);
  logger.info('operated', {
    requestId,
    command: command.command,
    organizationId: 'organizationId' in command ? command.organizationId : result.ok && result.value.organizationId,
    ok: result.ok,
  });
  if (!result.ok) {
    const { code, detail } = result.error;
    throw new Error(detail === undefined ? `${code}: ${errorCodes[code][1]}.` : `${code}: ${detail}`);
  }
  return result.value;
};
