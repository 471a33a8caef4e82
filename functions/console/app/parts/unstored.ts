import { partTexts as texts } from './texts.ts';

/** The number of forms whose input this browser could not store, so that leaving the page would lose it. */
let unstored = 0;

const askFirst = (event: BeforeUnloadEvent): void => event.preventDefault();

/** Asks the person for confirmation before the page is left, until the returned function is called. */
export const holdUnstored = (): (() => void) => {
  unstored += 1;
  addEventListener('beforeunload', askFirst);
  return () => {
    unstored -= 1;
    if (unstored === 0) removeEventListener('beforeunload', askFirst);
  };
};

/** Whether the console may go to another page. Asks the person first if input would be lost. */
// oxlint-disable-next-line no-alert -- the router needs the decision synchronously
export const mayLeave = (): boolean => unstored === 0 || confirm(texts.leaveUnstored);
