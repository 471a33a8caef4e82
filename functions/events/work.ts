import { randomUUID } from 'node:crypto';
import type { Context, DynamoDBBatchResponse } from 'aws-lambda';
import { doDueWork, type WorkFigures } from '../../shared/worker/do-due-work.ts';
import { readEnvironment } from '../adapters/environment.ts';
import { count, publishMetrics } from '../adapters/metrics.ts';
import { workServices } from '../adapters/services.ts';
import { logger } from '../http/log.ts';

const servicesOf = workServices(readEnvironment());

/** Woken by the table's stream and every minute by the schedule; what woke it does not matter. */
export const handler = async (
  _event: unknown,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<DynamoDBBatchResponse & { pieces: number } & Partial<WorkFigures>> => {
  const runId = randomUUID();
  try {
    const { pieces, faults, figures } = await doDueWork(
      servicesOf({ runId, timeLeft: () => context.getRemainingTimeInMillis() }),
    );
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
    // The stream's records are only what woke it: the table knows what is left to do.
    return { batchItemFailures: [], pieces, ...figures };
  } finally {
    publishMetrics();
  }
};
