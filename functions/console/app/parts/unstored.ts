import { partTexts as texts } from './texts.ts';

/** Forms whose input this browser could not store, so that leaving the page would lose it. */
let unstored = 0;

const askFirst = (event: BeforeUnloadEvent): void => event.preventDefault();

/** Until the returned function is called, the person is asked before the page is left. */
export const holdUnstored = (): (() => void) => {
  unstored += 1;
  addEventListener('beforeunload', askFirst);
  return () => {
    unstored -= 1;
    if (unstored === 0) removeEventListener('beforeunload', askFirst);
  };
};

/** Whether the person may go to another page of the console, who is asked if input would be lost. */
// oxlint-disable-next-line no-alert -- a navigation has to be decided before it returns
export const mayLeave = (): boolean => unstored === 0 || confirm(texts.leaveUnstored);
