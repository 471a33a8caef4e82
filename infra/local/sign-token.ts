import { createPrivateKey, sign } from 'node:crypto';
import cognitoKey from 'cognito-local/lib/keys/cognitoLocal.private.json' with { type: 'json' };

const key = createPrivateKey({ key: cognitoKey.jwk, format: 'jwk' });

/** Signs claims with the key of the local user pool. */
export const signToken = (claims: object): string => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'RS256', kid: cognitoKey.jwk.kid })}.${part(claims)}`;
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), key).toString('base64url')}`;
};

/** The claims of a token, which are not verified. */
export const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
