import type { FlashbarProps } from '@cloudscape-design/components/flashbar';
import { OutcomeUnknown } from '../data/problem-error.ts';
import type { BulkResult } from './bulk.ts';
import { inWords, referenceOf } from './problem.ts';
import { partTexts as texts } from './texts.ts';

/** The texts that describe bulk work on the screen. */
export interface BulkWords<T> {
  nameOf: (item: T) => string;
  /** For example “Moved 3 resources to Web.” */
  done: (items: T[]) => string;
}

interface BulkSummaryProps<T> {
  result: BulkResult<T>;
  words: BulkWords<T>;
}

/** The result of bulk work: the items that are done, the failed items by reason, and the number of items that were not sent. */
export const BulkSummary = <T,>({ result: { done, failures, unsent }, words }: BulkSummaryProps<T>) => (
  <>
    {done.length > 0 && <div>{words.done(done)}</div>}
    {failures.length > 0 && (
      <ul>
        {[...Map.groupBy(failures, ({ error }) => inWords(error))].map(([reason, failed]) => (
          <li key={reason}>
            {texts.failedBecause(
              failed.map(({ item }) => words.nameOf(item)),
              [reason, referenceOf(failed[0]?.error)].filter(Boolean).join(' '),
            )}
          </li>
        ))}
      </ul>
    )}
    {unsent.length > 0 && <div>{texts.stopped(unsent.length)}</div>}
  </>
);

/** For example “1 of 2 failed”. Undefined if nothing failed. */
export const failureHeader = ({ done, failures, unsent }: BulkResult<unknown>): string | undefined =>
  failures.length === 0
    ? undefined
    : (failures.every(({ error }) => error instanceof OutcomeUnknown) ? texts.notConfirmed : texts.notDone)(
        failures.length,
        done.length + failures.length + unsent.length,
      );

/** The notice with the summary of bulk work at the top of the page. */
export const bulkNotice = <T,>(result: BulkResult<T>, words: BulkWords<T>): FlashbarProps.MessageDefinition => ({
  type: result.failures.length > 0 ? 'error' : result.unsent.length > 0 ? 'warning' : 'success',
  header: failureHeader(result),
  content: <BulkSummary result={result} words={words} />,
});
