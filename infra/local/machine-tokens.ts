import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { AppClient } from 'cognito-local/lib/services/appClient.js';
import { signToken } from './sign-token.ts';

/** A request to the token endpoint with its parsed form. */
interface TokenRequest {
  headers: IncomingHttpHeaders;
  body?: Record<string, unknown>;
}

interface MachineTokensOptions {
  issuer: string;
  findClient(clientId: string): Promise<AppClient | null>;
}

/** `POST /oauth2/token` for `client_credentials`, which cognito-local lacks, in Cognito's words. Other grants go on to `next`. */
export const grantMachineTokens =
  ({ issuer, findClient }: MachineTokensOptions) =>
  async ({ headers, body = {} }: TokenRequest, response: ServerResponse, next: () => void): Promise<void> => {
    const answer = (status: number, value: object) =>
      void response
        .writeHead(status, { 'content-type': 'application/json;charset=UTF-8', 'cache-control': 'no-store' })
        .end(JSON.stringify(value));
    if (body.grant_type === undefined) return answer(400, { error: 'invalid_request' });
    if (body.grant_type !== 'client_credentials') return next();

    const [clientId, clientSecret] = readCredentials(headers.authorization, body);
    const client = await findClient(clientId);
    if (!client || client.ClientSecret !== clientSecret) return answer(400, { error: 'invalid_client' });
    if (!client.AllowedOAuthFlows?.includes('client_credentials')) return answer(400, { error: 'unauthorized_client' });
    const allowed = client.AllowedOAuthScopes ?? [];
    const scopes = readText(body.scope)?.split(' ').filter(Boolean) ?? allowed;
    if (!scopes.every((scope) => allowed.includes(scope))) return answer(400, { error: 'invalid_scope' });
    const lifetime = accessTokenLifetime(client);
    answer(200, {
      access_token: machineToken(issuer, clientId, scopes, lifetime),
      expires_in: lifetime,
      token_type: 'Bearer',
    });
  };

/** Reads the credentials from `Authorization: Basic …`, or else from the form. */
const readCredentials = (
  authorization: string | undefined,
  form: Record<string, unknown>,
): [clientId: string, clientSecret: string | undefined] => {
  const basic = /^Basic (.+)$/i.exec(authorization ?? '')?.[1];
  if (basic === undefined) return [readText(form.client_id) ?? '', readText(form.client_secret)];
  const [clientId = '', ...secret] = Buffer.from(basic, 'base64').toString().split(':');
  return [clientId, secret.join(':')];
};

const readText = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);

const seconds: Record<string, number> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

const accessTokenLifetime = ({ AccessTokenValidity = 1, TokenValidityUnits }: AppClient): number =>
  AccessTokenValidity * (seconds[TokenValidityUnits?.AccessToken ?? 'hours'] ?? 3600);

const machineToken = (issuer: string, clientId: string, scopes: string[], lifetime: number): string => {
  const now = Math.floor(Date.now() / 1000);
  return signToken({
    sub: clientId,
    token_use: 'access',
    scope: scopes.join(' '),
    auth_time: now,
    iss: issuer,
    exp: now + lifetime,
    iat: now,
    version: 2,
    jti: randomUUID(),
    client_id: clientId,
  });
};
