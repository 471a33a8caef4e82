import type { IncomingMessage, ServerResponse } from 'node:http';
import { claimsOf } from './sign-token.ts';

type TokenRequest = IncomingMessage & { body?: Record<string, unknown> };
type TokenResponse = ServerResponse & { json(value: Record<string, unknown>): unknown };

/**
 * Corrects the token responses of cognito-local. It reports a lifetime of an hour for every token, so the lifetime is taken from
 * the claims. Its refreshed ID tokens have another `auth_time`, which clients must refuse, so a refresh returns no ID token.
 */
export const mendTokens = ({ body = {} }: TokenRequest, response: TokenResponse, next: () => void): void => {
  const send = response.json.bind(response);
  response.json = (value) => {
    const { access_token: token } = value;
    if (typeof token !== 'string') return send(value);
    const { exp, iat } = claimsOf(token);
    const { id_token: idToken, ...rest } = value;
    return send({
      ...rest,
      expires_in: Number(exp) - Number(iat),
      ...(body.grant_type !== 'refresh_token' && { id_token: idToken }),
    });
  };
  next();
};

/** `POST /oauth2/revoke`, which cognito-local lacks. */
export const revokeToken =
  (forget: (refreshToken: string) => Promise<void>) =>
  async ({ body = {} }: TokenRequest, response: ServerResponse): Promise<void> => {
    if (typeof body.token === 'string') await forget(body.token);
    response.writeHead(200).end();
  };
