import { randomUUID } from 'node:crypto';
import type { Context, DynamoDBBatchResponse } from 'aws-lambda';
import { doDueWork, type WorkFigures } from '../../shared/worker/do-due-work.ts';
import { requestTotals } from '../../shared/totals/request-totals.ts';
import { readEnvironment } from '../adapters/environment.ts';
import { count, publishMetrics } from '../adapters/metrics.ts';
import { workServices } from '../adapters/services.ts';
import { logger } from '../http/log.ts';
import { changedOrganizations } from './changed-organizations.ts';

const servicesOf = workServices(readEnvironment());

/**
 * Invoked by the table's stream, and every minute by the schedule. The event itself matters only for the totals, which are counted
 * again after changes.
 */
export const handler = async (
  event: unknown,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<DynamoDBBatchResponse & { pieces: number } & Partial<WorkFigures>> => {
  const runId = randomUUID();
  try {
    const services = servicesOf({ runId, timeLeft: () => context.getRemainingTimeInMillis() });
    const requested = await Promise.allSettled(changedOrganizations(event).map((id) => requestTotals(services, id)));
    const unrequested = requested.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
    const { pieces, faults: failures, figures } = await doDueWork(services);
    const faults = [...unrequested, ...failures];
    for (const fault of faults)
      logger.error('work failed', { runId, fault: fault instanceof Error ? fault : String(fault) });
    logger.info('work', { runId, pieces, ...figures });
    if (figures) {
      count('WorkRuns');
      count('MailsSent', figures.sent);
      count('MailsFailed', figures.failed);
      count('MailsRejected', figures.rejected);
      count('OldestUnsentMailSeconds', figures.oldestUnsentSeconds);
      if (figures.quotaUsed !== undefined) count('MailQuotaPercent', 100 * figures.quotaUsed);
      count('OldestDueWorkSeconds', figures.oldestDueSeconds);
      count('WorkFaults', faults.length);
    }
    // No failures are returned to the stream: the table contains the remaining work, and the daily sweep recounts totals that this
    // run failed to request.
    return { batchItemFailures: [], pieces, ...figures };
  } finally {
    publishMetrics();
  }
};
