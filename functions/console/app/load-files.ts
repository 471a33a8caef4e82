/**
 * Requests the console's script or style sheet again if it fails to load: a new AWS account runs only a few functions at a time and
 * refuses further requests, and connections break. This script is part of the page, and runs before either file is requested.
 */

/** The pause before each repeated request. */
const pausesMilliseconds = [500, 1_000, 2_000, 4_000, 8_000];

const retry = (file: HTMLScriptElement | HTMLLinkElement): void => {
  const attempts = Number(file.dataset.attempts ?? 0);
  const pause = pausesMilliseconds[attempts];
  if (pause === undefined) return tellFailed();
  const again = copyOf(file);
  again.dataset.attempts = String(attempts + 1);
  const request = () => file.replaceWith(again);
  // Without a connection, the next request waits for it, however long that takes.
  if (navigator.onLine) setTimeout(request, pause);
  else addEventListener('online', request, { once: true });
};

/**
 * A browser never repeats the failed request of a module, and a cloned script does not run. So the copy is a new element with another
 * address of the same file. The function ignores the query, and so does the key of CloudFront's cache.
 */
const copyOf = (file: HTMLScriptElement | HTMLLinkElement) => {
  const isScript = file instanceof HTMLScriptElement;
  const again = document.createElement(isScript ? 'script' : 'link');
  for (const { name, value } of file.attributes) again.setAttribute(name, value);
  const address = new URL(isScript ? file.src : file.href);
  address.searchParams.set('attempt', String(Number(file.dataset.attempts ?? 0) + 2));
  again.setAttribute(isScript ? 'src' : 'href', address.href);
  return again;
};

/** Also reloads the page when the connection returns: nothing has been entered yet that a reload could lose. */
const tellFailed = (): void => {
  const button = document.createElement('button');
  button.textContent = 'Try again';
  button.addEventListener('click', () => location.reload());
  addEventListener('online', () => location.reload(), { once: true });
  document.querySelector('#app')?.replaceChildren('The console could not be loaded. ', button);
};

// Events of failed requests do not bubble, so they are captured.
addEventListener(
  'error',
  ({ target }) => {
    if (target instanceof HTMLScriptElement || target instanceof HTMLLinkElement) retry(target);
  },
  { capture: true },
);
