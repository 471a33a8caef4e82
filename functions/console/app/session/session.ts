import { UserManager, WebStorageStateStore, type User } from 'oidc-client-ts';
import { readSettings } from '../page-settings.ts';

const { issuer, clientId, signInUrl } = readSettings();
const callbackPath = '/console/signed-in';
const referencePath = '/docs';

/**
 * Tokens are in this tab's session storage, so that a reload or an opened link needs no new sign-in, and are deleted with the tab.
 * Keeping them in memory would not be safer, because the content security policy allows only our own scripts.
 */
const store = () => new WebStorageStateStore({ store: sessionStorage });

const manager = new UserManager({
  authority: issuer,
  client_id: clientId,
  redirect_uri: location.origin + callbackPath,
  // With the last one, people set up an authenticator app for their own account.
  scope: 'openid email profile aws.cognito.signin.user.admin',
  // Stated here instead of being discovered, which saves a request before the first sign-in.
  metadata: {
    issuer,
    authorization_endpoint: `${signInUrl}/oauth2/authorize`,
    token_endpoint: `${signInUrl}/oauth2/token`,
    revocation_endpoint: `${signInUrl}/oauth2/revoke`,
  },
  userStore: store(),
  stateStore: store(),
  automaticSilentRenew: true,
});

let user: User | null = null;
manager.events.addUserLoaded((renewed) => {
  user = renewed;
});

/** Why the person has to sign in again. */
export type SessionEnd = 'ended' | 'too old';

const whenEnded = new Set<(why: SessionEnd) => void>();

export const accessToken = (): string | undefined => user?.access_token;

/** The `sub` of the signed-in person. */
export const personId = (): string | undefined => user?.profile.sub;

/** `leaving`: the browser is going to another page. */
export const openSession = async (): Promise<'signed in' | 'leaving' | 'failed'> => {
  if (location.pathname === callbackPath) return completeSignIn();
  if (await resumeSession()) return 'signed in';
  await signIn();
  return 'leaving';
};

/** Whether this tab has a session, which is renewed if necessary. */
export const resumeSession = async (): Promise<boolean> => {
  user = await manager.getUser();
  if (user?.expired) await renewSession();
  return user !== null && !user.expired;
};

/**
 * Goes to the sign-in page, which returns to `to` afterwards. Fills in the person's email address there if it is known: from the
 * fragment of a link, `#login_hint=ada%40example.com`, which is never sent to a server, or from the session that has ended. Source:
 * https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html
 */
export const signIn = async (to = placeToReturn()): Promise<void> => {
  const email = new URLSearchParams(location.hash.slice(1)).get('login_hint') ?? user?.profile.email;
  return manager.signinRedirect({ state: { to }, ...(email !== undefined && { login_hint: email }) });
};

/** The key under which this tab stores its last address. */
const lastPlace = 'roster.place';
addEventListener('pagehide', () => {
  if (user && location.pathname !== callbackPath)
    sessionStorage.setItem(lastPlace, location.pathname + location.search);
});

const completeSignIn = async (): Promise<'signed in' | 'leaving' | 'failed'> => {
  try {
    user = await manager.signinRedirectCallback();
  } catch {
    // The Back button leads to the sign-in page, which returns to this address with a code that this tab did not request.
    if (!(await resumeSession())) return 'failed';
    history.replaceState(null, '', sessionStorage.getItem(lastPlace) ?? '/');
    return 'signed in';
  }
  const { to } = user.state as { to: string };
  // The API reference is a separate page. It shares the session and the address to which the sign-in page returns.
  if (to === referencePath) {
    location.replace(to);
    return 'leaving';
  }
  // Removes the code from the address bar and the history.
  history.replaceState(null, '', to.startsWith('/') && !to.startsWith('//') ? to : '/');
  return 'signed in';
};

let renewing: Promise<string | undefined> | undefined;

/** Gets a new access token with the refresh token. Undefined if that fails. */
export const renewSession = (): Promise<string | undefined> => {
  renewing ??= manager
    .signinSilent()
    .then(
      (renewed) => {
        user = renewed;
        return renewed?.access_token;
      },
      () => undefined,
    )
    .finally(() => {
      renewing = undefined;
    });
  return renewing;
};

/** Announces that the user directory no longer accepts the tokens, or that an organization no longer accepts the sign-in. */
export const endSession = (why: SessionEnd = 'ended'): void => {
  for (const tell of whenEnded) tell(why);
};

export const onSessionEnded = (tell: (why: SessionEnd) => void): (() => void) => {
  whenEnded.add(tell);
  return () => void whenEnded.delete(tell);
};

/** Revokes the refresh token and deletes the tokens of this tab. */
export const closeSession = async (): Promise<void> => {
  await manager.revokeTokens(['refresh_token']).catch(() => undefined);
  await manager.removeUser();
};

/** The key under which this tab stores the address to which it returns after signing in again. */
const returnPlace = 'roster.return';

/**
 * Signs in anew, with the password, although the session has not ended. Signs out first, because the sign-in page of the user
 * directory asks nothing while its cookie is valid, and its authorization endpoint documents no parameter that makes it ask. Source:
 * https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html
 */
export const signInAnew = async (): Promise<void> => {
  sessionStorage.setItem(returnPlace, location.pathname + location.search);
  await closeSession();
  leaveDirectory();
};

/** Where to go after signing in: back to the page that required a new sign-in, or to the current one. */
const placeToReturn = (): string => {
  const place = sessionStorage.getItem(returnPlace) ?? location.pathname + location.search;
  sessionStorage.removeItem(returnPlace);
  return place;
};

/** Goes to the sign-out page of the user directory, which then requires the password at the next sign-in, and back to `/`. */
export const leaveDirectory = (): void => {
  const query = new URLSearchParams({ client_id: clientId, logout_uri: `${location.origin}/` });
  location.assign(`${signInUrl}/logout?${query.toString()}`);
};
