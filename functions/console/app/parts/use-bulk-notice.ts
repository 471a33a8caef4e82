import { useState } from 'react';
import type { RouteName } from '../../../../shared/api/routes.ts';
import { useFlash } from '../shell/flash.tsx';
import { bulkNotice, type BulkWords } from './bulk-summary.tsx';
import type { BulkRequest } from './bulk.ts';
import { partTexts as texts } from './texts.ts';
import { useBulk } from './use-bulk.ts';

interface BulkNoticeOptions<T> {
  words: BulkWords<T>;
  /** Routes whose responses the work changes, so that they are read again afterwards. */
  changes: readonly RouteName[];
  /** Called with the items that are done, so that items that failed or were not sent can stay selected. */
  onDone?: (done: T[]) => void;
}

/**
 * Bulk work without a dialog. One notice shows the progress and then the summary, with a button to try again for the items
 * that failed or were not sent.
 *
 *     const resending = useBulkNotice<Invite>({ words, changes: ['listInvites'], onDone: unselect });
 *     <Button loading={resending.busy} onClick={() => void resending.start(selected, changeInvites(params, 'resend'))}>
 */
export const useBulkNotice = <T>({ words, changes, onDone }: BulkNoticeOptions<T>) => {
  const flash = useFlash();
  const bulk = useBulk<T>(changes);
  const [running, setRunning] = useState(0);

  const start = async (items: T[], request: BulkRequest<T>, notice: string = crypto.randomUUID()): Promise<void> => {
    const showProgress = (count: number) => flash.progress(notice, texts.progress(count, items.length));
    setRunning((count) => count + 1);
    showProgress(0);
    const result = await bulk.send(items, request, showProgress);
    setRunning((count) => count - 1);
    onDone?.(result.done);
    const left = [...result.failures.map(({ item }) => item), ...result.unsent];
    flash.show(notice, {
      ...bulkNotice(result, words),
      ...(left.length > 0 && {
        buttonText: texts.tryAgain,
        onButtonClick: () => void start(left, request, notice),
      }),
    });
  };

  return { start, busy: running > 0 };
};
