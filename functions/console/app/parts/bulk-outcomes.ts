import { errorCodes } from '../../../../shared/errors.ts';
import { entryOf } from '../../../../shared/open-enum.ts';
import type { ValueOf } from '../data/client.ts';
import { ProblemError } from '../data/problem-error.ts';
import type { BulkRequest, Failure } from './bulk.ts';

/** What the API returns for each object that a bulk request names. */
type Outcome = Omit<ValueOf<'changeInvites'>['results'][number], 'invite'>;

interface EachBatch<T> extends Pick<BulkRequest<T>, 'size' | 'inOrder'> {
  send: (ids: string[]) => Promise<readonly Outcome[]>;
}

/** Sends requests that name several objects by their ids, to a route that returns an outcome for each. */
export const eachBatch = <T extends { id: string }>({ send, ...options }: EachBatch<T>): BulkRequest<T> => ({
  ...options,
  send: async (items) => refusedOf(items, await send(items.map(({ id }) => id))),
});

/** The items whose change the API refused. Each has the error that a request for that item alone would have thrown. */
const refusedOf = <T extends { id: string }>(items: readonly T[], outcomes: readonly Outcome[]): Failure<T>[] => {
  const refused = new Map(outcomes.filter(({ ok }) => !ok).map((outcome) => [outcome.id, outcome]));
  return items.flatMap((item) => {
    const outcome = refused.get(item.id);
    return outcome ? [{ item, error: toError(outcome) }] : [];
  });
};

const toError = ({ code = 'fault', detail, retryAfter }: Outcome): ProblemError => {
  const [status, title] = entryOf(errorCodes, code) ?? [500, code];
  return new ProblemError({ type: 'about:blank', title, status, code, detail, requestId: '' }, retryAfter);
};
