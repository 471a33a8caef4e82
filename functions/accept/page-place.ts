/**
 * Remembers in this tab which link is open, so that reloading the page shows the same invite. This does not spread the secret: session
 * storage belongs to one tab and one origin, is never sent, ends with the tab, and is cleared as soon as the invite is answered. Only
 * scripts of this origin can read it, and the page's content security policy allows none but its own. Nor does the token alone
 * sign anybody in. The address bar, which other people see and browsers synchronize, does not contain it.
 */
const place = 'roster.invite';

export const rememberLink = (token: string): void => withStorage((storage) => storage.setItem(place, token));

export const rememberedLink = (): string => withStorage((storage) => storage.getItem(place)) ?? '';

export const forgetLink = (): void => withStorage((storage) => storage.removeItem(place));

/** Returns undefined if the browser blocks storage, because access then throws. The page then works until it is reloaded. */
const withStorage = <T>(use: (storage: Storage) => T): T | undefined => {
  try {
    return use(sessionStorage);
  } catch {
    return undefined;
  }
};
