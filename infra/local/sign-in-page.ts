import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AuthorizationCodeStore } from 'cognito-local/lib/oauth2/authorizationCodeStore.js';
import type { AppClient } from 'cognito-local/lib/services/appClient.js';
import type { User } from 'cognito-local/lib/services/userPoolService.js';
import { signInForm, type SignInForm } from './sign-in-form.ts';

type PageRequest = IncomingMessage & { body?: Record<string, unknown> };

interface SignInPageOptions {
  codes: AuthorizationCodeStore;
  userPoolId: string;
  findClient(clientId: string): Promise<AppClient | null>;
  findUser(username: string): Promise<User | null>;
}

/** The parameters of an authorization request. */
interface Asked {
  client_id: string;
  redirect_uri: string;
  state: string;
  scope: string;
  code_challenge: string;
}

const cookie = 'cognito-local';

/** The part of Cognito's managed login that development needs: the sign-in form, a session of one hour, and sign-out. */
export const signInPage = ({ codes, userPoolId, findClient, findUser }: SignInPageOptions) => {
  const remembered = new Map<string, string>();

  const redirectWithCode = (asked: Asked, username: string, response: ServerResponse, session?: string) => {
    const code = codes.create({
      clientId: asked.client_id,
      userPoolId,
      username,
      redirectUri: asked.redirect_uri,
      codeChallenge: asked.code_challenge,
      scope: asked.scope,
      state: asked.state,
    });
    const target = new URL(asked.redirect_uri);
    target.searchParams.set('code', code);
    target.searchParams.set('state', asked.state);
    response
      .writeHead(302, {
        location: target.href,
        ...(session && { 'set-cookie': `${cookie}=${session}; HttpOnly; SameSite=Lax; Max-Age=3600; Path=/` }),
      })
      .end();
  };

  const read = async (given: (name: string) => string): Promise<Asked | undefined> => {
    const asked = {
      client_id: given('client_id'),
      redirect_uri: given('redirect_uri'),
      state: given('state'),
      scope: given('scope'),
      code_challenge: given('code_challenge'),
    };
    const client = await findClient(asked.client_id);
    const allowed = client?.AllowedOAuthFlows?.includes('code') && client.CallbackURLs?.includes(asked.redirect_uri);
    return allowed && asked.code_challenge && given('code_challenge_method') === 'S256' ? asked : undefined;
  };

  return {
    /** `GET /oauth2/authorize` */
    show: async (request: PageRequest, response: ServerResponse): Promise<void> => {
      const { searchParams } = new URL(request.url ?? '', 'http://localhost');
      const asked = await read((name) => searchParams.get(name) ?? '');
      if (!asked) return refuse(response);
      const user = await findUser(remembered.get(sessionOf(request)) ?? '');
      if (user) redirectWithCode(asked, user.Username, response);
      else showForm(response, { asked: { ...asked }, email: searchParams.get('login_hint') ?? undefined });
    },
    /** `POST /oauth2/authorize` */
    submit: async ({ body = {} }: PageRequest, response: ServerResponse): Promise<void> => {
      const given = (name: string) => (typeof body[name] === 'string' ? body[name] : '');
      const asked = await read(given);
      if (!asked) return refuse(response);
      const email = given('username').trim().toLowerCase();
      const user = await findUser(email);
      if (!user || !user.Enabled || user.UserStatus !== 'CONFIRMED' || user.Password !== given('password'))
        return showForm(response, { asked: { ...asked }, email, refused: true });
      const session = randomUUID();
      remembered.set(session, email);
      redirectWithCode(asked, user.Username, response, session);
    },
    /** `GET /logout` */
    signOut: async (request: PageRequest, response: ServerResponse): Promise<void> => {
      const { searchParams } = new URL(request.url ?? '', 'http://localhost');
      const client = await findClient(searchParams.get('client_id') ?? '');
      const location = searchParams.get('logout_uri') ?? '';
      if (!client?.LogoutURLs?.includes(location)) return refuse(response);
      remembered.delete(sessionOf(request));
      response.writeHead(302, { location, 'set-cookie': `${cookie}=; Max-Age=0; Path=/` }).end();
    },
  };
};

const sessionOf = ({ headers }: IncomingMessage): string =>
  new RegExp(`(?:^|;\\s*)${cookie}=([\\w-]+)`).exec(headers.cookie ?? '')?.[1] ?? '';

const showForm = (response: ServerResponse, { asked, ...form }: SignInForm): void =>
  void response
    .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
    .end(signInForm({ asked: { ...asked, code_challenge_method: 'S256' }, ...form }));

const refuse = (response: ServerResponse): void =>
  void response
    .writeHead(400, { 'content-type': 'text/plain; charset=utf-8' })
    .end('The application asked for a sign-in that its app client does not allow.');
