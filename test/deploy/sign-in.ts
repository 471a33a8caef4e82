import { createHash, randomBytes } from 'node:crypto';
import { localFetch } from './local-fetch.ts';
import { expect, wrong } from './steps.ts';

interface SignIn {
  clientId: string;
  redirectUri: string;
  email: string;
  password: string;
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };

/** An access token, as the console gets it: the sign-in page, back with a code, and the code for tokens (PKCE). */
export const signInByPage = async (endpoint: string, { clientId, redirectUri, email, password }: SignIn) => {
  const [verifier, state] = [randomBytes(32).toString('base64url'), randomBytes(16).toString('base64url')];
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: 'openid email profile',
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const page = await (await localFetch(`${endpoint}/oauth2/authorize?${query.toString()}`)).text();
  const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1] ?? wrong(`There is no sign-in form: ${page}`);
  const hidden = [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  const fields = new URLSearchParams(hidden.map(([, name = '', value = '']) => [name, value]));
  fields.set('username', email);
  fields.set('password', password);
  const sent = await localFetch(`${endpoint}${action}`, { method: 'POST', headers: form, body: fields });
  const back = URL.parse(sent.headers.get('location') ?? '') ?? wrong(`The page did not sign ${email} in.`);
  expect(back.href.startsWith(redirectUri), 'the page sends people back to the console');
  expect(back.searchParams.get('state') === state, 'it comes back with the state that was sent');
  const answer = await localFetch(`${endpoint}/oauth2/token`, {
    method: 'POST',
    headers: form,
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: clientId,
      redirect_uri: redirectUri,
      code: back.searchParams.get('code') ?? '',
      code_verifier: verifier,
    }),
  });
  const text = await answer.text();
  if (!answer.ok) wrong(`The code gets no tokens: ${text}`);
  return (JSON.parse(text) as { access_token: string }).access_token;
};
