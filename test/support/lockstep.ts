import { dynamodbBatchGetKeysMax } from '../../shared/limits.ts';
import type { Table } from '../../shared/table/table.ts';

/** What an operation asked of the table while all requests took equally long. */
export interface Steps {
  requests: number;
  /** The number of times that the operation waited for the table. */
  roundTrips: number;
  /** The most transactions in flight at the same time. */
  transactionsAtOnce: number;
}

/**
 * A table on which all requests in flight are answered together, once each of them has been executed. So the number of round trips
 * does not depend on which of several parallel requests happens to be answered first.
 */
export const inLockstep = (): { steps: Steps; stepping: (table: Table) => Table } => {
  const steps: Steps = { requests: 0, roundTrips: 0, transactionsAtOnce: 0 };
  let executing = 0;
  let transactions = 0;
  let executed: (() => void)[] = [];
  const answerAll = (): void => {
    if (executing > 0 || executed.length === 0) return;
    steps.roundTrips += 1;
    const answers = executed;
    executed = [];
    for (const answer of answers) answer();
  };
  const request = async <T>(send: () => Promise<T>): Promise<T> => {
    steps.requests += 1;
    executing += 1;
    const answer = await send();
    executing -= 1;
    await new Promise<void>((resolve) => {
      executed.push(resolve);
      setImmediate(answerAll);
    });
    return answer;
  };
  const stepping = (table: Table): Table => {
    const getEach: Table['getEach'] = (keys) => {
      const answer = request(() => table.batchGet(keys));
      steps.requests += Math.ceil(new Set(keys.map(({ pk, sk }) => `${pk}\n${sk}`)).size / dynamodbBatchGetKeysMax) - 1;
      return keys.map(async (_, index) => (await answer)[index]);
    };
    return {
      get: (key) => request(() => table.get(key)),
      getEach,
      batchGet: (keys) => Promise.all(getEach(keys)),
      query: (query) => request(() => table.query(query)),
      count: (query) => request(() => table.count(query)),
      transact: async (writes, pausing) => {
        transactions += 1;
        steps.transactionsAtOnce = Math.max(steps.transactionsAtOnce, transactions);
        const result = await request(() => table.transact(writes, pausing));
        transactions -= 1;
        return result;
      },
      update: (write) => request(() => table.update(write)),
    };
  };
  return { steps, stepping };
};
