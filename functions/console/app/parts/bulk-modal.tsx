import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import type { FlashbarProps } from '@cloudscape-design/components/flashbar';
import { useState, type ReactNode } from 'react';
import type { RouteName } from '../../../../shared/api/routes.ts';
import { codeOf, OutcomeUnknown } from '../data/problem-error.ts';
import { useFlash } from '../shell/flash.tsx';
import { shellTexts } from '../shell/texts.ts';
import { bulkNotice, BulkSummary, failureHeader, type BulkWords } from './bulk-summary.tsx';
import { eachItem, sendBulk, type BulkRequest, type BulkResult, type Failure } from './bulk.ts';
import { CheckOutcome } from './check-outcome.tsx';
import { FormProblem } from './checked-form.tsx';
import { FormModal, type FormModalProps } from './form-modal.tsx';
import { partTexts as texts } from './texts.ts';
import { useBulk } from './use-bulk.ts';

interface BulkModalProps<T> {
  /** At least one item. */
  items: T[];
  words: BulkWords<T>;
  /** The title of the dialog, which receives the items that are still to be processed. */
  header: (left: T[]) => string;
  /** The label of the button that starts the work. */
  submit: string;
  /** Undefined while a required choice is missing. `children` then show an error if `tried` is true. */
  request: BulkRequest<T> | undefined;
  /** Routes whose responses the work changes, so that they are read again afterwards. */
  changes: readonly RouteName[];
  /** Reads the new version of an item that somebody else has changed. Absent if the requests do not send a version. */
  reload?: (item: T) => Promise<T>;
  disabled?: boolean;
  size?: 'medium' | 'large';
  draft?: FormModalProps['draft'];
  /** Called with the items that are done, so that items that failed or were not sent can stay selected. */
  onClose: (done: T[]) => void;
  /** Adds to the notice that shows the result, for example a button that undoes what is done. `id`: the id of the notice. */
  notice?: (done: T[], id: string) => Partial<FlashbarProps.MessageDefinition>;
  /** `left`: the items that are still to be processed. */
  children: (state: { tried: boolean; left: T[]; failures: Failure<T>[] }) => ReactNode;
}

/**
 * Bulk work in a dialog. It asks for confirmation, shows the progress, and keeps failed items with their reasons for another
 * try. Cancelling, or leaving the page, stops the work, and a notice then shows the summary. For bulk work without a dialog,
 * use `useBulkNotice`.
 *
 *     const { selected, select, unselect } = useSelection(resources.items);
 *     …
 *     <BulkModal
 *       items={selected}
 *       words={{ nameOf: ({ name }) => name, done: ({ length }) => texts.moved(length) }}
 *       header={({ length }) => texts.moveMany(length)}
 *       submit={texts.move}
 *       request={pool && eachItem(({ id }: Resource) => callApi('updateResource', { params: { ...params, resourceId: id }, body }))}
 *       changes={['listResources']}
 *       onClose={unselect}
 *     >
 *       {({ tried }) => <PoolField value={pool} onChange={setPool} missing={tried && !pool} />}
 *     </BulkModal>
 */
export const BulkModal = <T,>(props: BulkModalProps<T>) => {
  const { items, words, header, submit, request, changes, reload, disabled, size, draft, onClose, notice, children } =
    props;
  const flash = useFlash();
  const bulk = useBulk<T>(changes);
  const [result, setResult] = useState<BulkResult<T>>({ done: [], failures: [], unsent: items });
  const [progress, setProgress] = useState<number>();
  const [tried, setTried] = useState(false);
  const { done, failures, unsent } = result;
  const left = [...failures.map(({ item }) => item), ...unsent];

  const close = (final: BulkResult<T>) => {
    const id = crypto.randomUUID();
    if (final.done.length + final.failures.length > 0)
      flash.show(id, { ...bulkNotice(final, words), ...notice?.(final.done, id) });
    onClose(final.done);
  };

  const start = async () => {
    setTried(true);
    if (!request) return;
    setProgress(0);
    const { stopped, ...sent } = await bulk.send(left, request, setProgress);
    const now = { ...sent, done: [...done, ...sent.done] };
    if (stopped || now.failures.length === 0) return close(now);
    setResult(now);
    setProgress(undefined);
  };

  const reloadStale = async (read: (item: T) => Promise<T>) => {
    const stale = failures.filter(isStale).map(({ item }) => item);
    const fresh: T[] = [];
    const { failures: unread } = await sendBulk(
      stale,
      eachItem(async (item) => fresh.push(await read(item))),
    );
    setResult({
      done,
      failures: [...failures.filter((each) => !isStale(each)), ...unread],
      unsent: [...unsent, ...fresh],
    });
  };

  return (
    <FormModal
      header={header(left)}
      submit={submit}
      onSubmit={start}
      onClose={() => (progress === undefined ? close(result) : bulk.stop())}
      busy={progress !== undefined}
      disabled={disabled ?? false}
      size={size ?? 'medium'}
      // Once the input was sent for some of the items, closing the dialog does not lose it.
      {...(draft && done.length === 0 && { draft })}
    >
      {progress === undefined && failures.length > 0 && (
        <FormProblem>
          <Alert
            type="error"
            header={failureHeader(result)}
            action={
              <>
                {reload && failures.some(isStale) && (
                  <Button formAction="none" onClick={() => void reloadStale(reload)}>
                    {shellTexts.reloadAndKeep}
                  </Button>
                )}
                {failures.some(({ error }) => error instanceof OutcomeUnknown) && <CheckOutcome />}
              </>
            }
          >
            <BulkSummary result={{ done, failures, unsent: [] }} words={words} />
          </Alert>
        </FormProblem>
      )}
      {children({ tried, left, failures })}
      {progress !== undefined && left.length > 1 && (
        <Box>
          <span role="status">{texts.progress(progress, left.length)}</span>
        </Box>
      )}
    </FormModal>
  );
};

const isStale = ({ error }: Failure<unknown>): boolean => codeOf(error) === 'stale_version';
