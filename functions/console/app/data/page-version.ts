import { minute } from '../../../../shared/time.ts';

/** The minimum time between two checks for a new version. */
const checkMinutes = 5;

/** The address of a page’s script. It contains a hash, so it changes with each version of the console. */
const scriptOf = (page: Document): string | undefined =>
  page.querySelector('script[type=module]')?.getAttribute('src')?.replace(/\?.*/, '');

const running = scriptOf(document);
let checkedAt = Date.now();
const whenNew = new Set<() => void>();

/** Calls `tell` when a check finds a newer version of the console than the one in this tab. Returns a function that unsubscribes. */
export const onNewVersion = (tell: () => void): (() => void) => {
  whenNew.add(tell);
  return () => void whenNew.delete(tell);
};

/**
 * Reads the page again and compares its script with the running one, at most every few minutes. Called when the tab becomes visible
 * and after each response of the API, so that a tab that stays open notices a deployment.
 */
export const checkVersion = async (): Promise<void> => {
  if (Date.now() - checkedAt < checkMinutes * minute) return;
  checkedAt = Date.now();
  const html = await fetch('/').then(
    (response) => (response.ok ? response.text() : ''),
    () => '',
  );
  const deployed = scriptOf(new DOMParser().parseFromString(html, 'text/html'));
  if (deployed !== undefined && deployed !== running) for (const tell of whenNew) tell();
};

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void checkVersion();
});
