import { minute } from '../../../../shared/time.ts';

/** How often, at most, the page is asked for its version. */
const checkMinutes = 5;

/** The script of a page, whose name changes with each version of the console. */
const scriptOf = (page: Document): string | undefined =>
  page.querySelector('script[type=module]')?.getAttribute('src')?.replace(/\?.*/, '');

const running = scriptOf(document);
let checkedAt = Date.now();
const whenNew = new Set<() => void>();

/** Calls `tell` once a newer version of the console is deployed than the one that runs in this tab. */
export const onNewVersion = (tell: () => void): (() => void) => {
  whenNew.add(tell);
  return () => void whenNew.delete(tell);
};

/**
 * Asks which script the page has now, at most every few minutes. It is called whenever the tab becomes visible or the API
 * answers, so that an old tab learns of a deployment.
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
