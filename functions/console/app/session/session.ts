import { UserManager, WebStorageStateStore, type User } from 'oidc-client-ts';
import { forgetResponses } from '../data/kept-responses.ts';
import { readSettings } from '../page-settings.ts';

const { issuer, clientId, signInUrl } = readSettings();
const callbackPath = '/console/signed-in';
const referencePath = '/docs';

/**
 * Tokens stay in this tab's session storage: a reload or an opened link needs no new sign-in, and they are gone with the
 * tab. Only scripts of ours run here (see the content security policy), so memory would keep them from nobody else.
 */
const store = () => new WebStorageStateStore({ store: sessionStorage });

const manager = new UserManager({
  authority: issuer,
  client_id: clientId,
  redirect_uri: location.origin + callbackPath,
  scope: 'openid email profile',
  // Said, not asked for: it saves a request before the first sign-in.
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

const whenEnded = new Set<() => void>();

export const accessToken = (): string | undefined => user?.access_token;

/** The `sub` of the signed-in person. */
export const personId = (): string | undefined => user?.profile.sub;

/** `leaving`: the browser is on its way to another page. */
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
 * Goes to the sign-in page, and from there back to `to`. If the address is known, the page has it in its field: that of the person
 * whose session has ended, or that in the fragment of a link, `#login_hint=ada%40example.com`, which no server sees. Source:
 * https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html
 */
export const signIn = async (to = location.pathname + location.search): Promise<void> => {
  const email = new URLSearchParams(location.hash.slice(1)).get('login_hint') ?? user?.profile.email;
  return manager.signinRedirect({ state: { to }, ...(email !== undefined && { login_hint: email }) });
};

/** Where this tab was last. */
const lastPlace = 'roster.place';
addEventListener('pagehide', () => {
  if (user && location.pathname !== callbackPath)
    sessionStorage.setItem(lastPlace, location.pathname + location.search);
});

const completeSignIn = async (): Promise<'signed in' | 'leaving' | 'failed'> => {
  try {
    user = await manager.signinRedirectCallback();
  } catch {
    // The Back button leads through the sign-in page to this address again, with a code that nobody asked for.
    if (!(await resumeSession())) return 'failed';
    history.replaceState(null, '', sessionStorage.getItem(lastPlace) ?? '/');
    return 'signed in';
  }
  const { to } = user.state as { to: string };
  // The API reference shares the session and the address to which sign-in returns, and is a page of its own.
  if (to === referencePath) {
    location.replace(to);
    return 'leaving';
  }
  // The code leaves the address bar and the history.
  history.replaceState(null, '', to.startsWith('/') && !to.startsWith('//') ? to : '/');
  return 'signed in';
};

let renewing: Promise<string | undefined> | undefined;

/** Another access token by the refresh token; undefined when there is none to be had. */
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

/** The user directory takes the tokens no more. */
export const endSession = (): void => {
  for (const tell of whenEnded) tell();
};

export const onSessionEnded = (tell: () => void): (() => void) => {
  whenEnded.add(tell);
  return () => void whenEnded.delete(tell);
};

/** Also at the user directory: the refresh token is dead, and its page asks for a password again. */
export const signOut = async (): Promise<void> => {
  await manager.revokeTokens(['refresh_token']).catch(() => undefined);
  await manager.removeUser();
  forgetResponses();
  const query = new URLSearchParams({ client_id: clientId, logout_uri: `${location.origin}/` });
  location.assign(`${signInUrl}/logout?${query.toString()}`);
};
