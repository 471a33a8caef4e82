import { createHash, randomBytes } from 'node:crypto';
import { localFetch } from './local-fetch.ts';
import { expect, wrong } from './steps.ts';

interface SignIn {
  clientId: string;
  redirectUri: string;
  email: string;
  password: string;
}

/** An access token, as the console gets it: by the sign-in page, which sends back with a code, and the code for tokens (PKCE). */
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
  const page = await localFetch(`${endpoint}/oauth2/authorize?${query.toString()}`);
  const back = await answerForms(endpoint, await page.text(), { username: email, challenge: 'PASSWORD', password });
  expect(back.href.startsWith(redirectUri), 'the page sends people back to the console');
  expect(back.searchParams.get('state') === state, 'it comes back with the state that was sent');
  const answer = await postForm(`${endpoint}/oauth2/token`, {
    grant_type: 'authorization_code',
    client_id: clientId,
    redirect_uri: redirectUri,
    code: back.searchParams.get('code') ?? '',
    code_verifier: verifier,
  });
  const text = await answer.text();
  return answer.ok ? (JSON.parse(text) as { access_token: string }).access_token : wrong(`No tokens: ${text}`);
};

/** Forms, as HTML pages send them. */
export const postForm = (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  localFetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(fields),
  });

/** Address, kind of proof and proof may be asked for one after another. Where the last form sends to. */
const answerForms = async (endpoint: string, first: string, answers: Record<string, string>): Promise<URL> => {
  let page = first;
  for (let form = 1; form <= Object.keys(answers).length; form += 1) {
    const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1];
    if (action === undefined) break;
    const hidden = [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
    const fields = Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value]));
    for (const [name, answer] of Object.entries(answers)) if (page.includes(` name="${name}"`)) fields[name] = answer;
    const sent = await postForm(endpoint + action, fields);
    const location = URL.parse(sent.headers.get('location') ?? '');
    if (location) return location;
    page = await sent.text();
  }
  return wrong(`The sign-in page lets ${answers.username} not in: ${page}`);
};
