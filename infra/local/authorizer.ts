import { JwtRsaVerifier } from 'aws-jwt-verify';
import type { Jwks } from 'aws-jwt-verify/jwk';
import type { Template } from './template.ts';

/** Returns the claims of a request's token in the form in which API Gateway passes them on. Undefined for an invalid token. */
export type Authorizer = (authorization: string | undefined) => Promise<Record<string, string> | undefined>;

interface JwtConfiguration {
  Issuer: string;
  Audience: string[];
}

/** The template's JWT authorizers, by logical id. */
export const readAuthorizers = (template: Template): Map<string, Authorizer> =>
  new Map(
    template.ofType('AWS::ApiGatewayV2::Authorizer').map(({ id, properties }) => {
      const { Issuer, Audience } = properties.JwtConfiguration as JwtConfiguration;
      return [id.split('/')[1] ?? '', jwtAuthorizer(Issuer, Audience)];
    }),
  );

const jwtAuthorizer = (issuer: string, audience: string[]): Authorizer => {
  const verifier = JwtRsaVerifier.create({
    issuer,
    // Checked below, because API Gateway accepts `client_id` if a token has no `aud`, which Cognito's access tokens do not have.
    audience: null,
    jwksUri: `${issuer}/.well-known/jwks.json`,
    customJwtCheck: ({ payload }) => {
      const named = [payload.aud ?? (payload.client_id as string)].flat();
      if (!named.some((each) => audience.includes(each))) throw new Error('Another audience');
    },
  });
  // The verifier fetches keys over HTTPS only; the local user pool speaks HTTP.
  let keys: Promise<void> | undefined;
  const loadKeys = async () =>
    verifier.cacheJwks((await (await fetch(`${issuer}/.well-known/jwks.json`)).json()) as Jwks);
  return async (authorization) => {
    keys ??= loadKeys();
    await keys;
    const token = authorization?.replace(/^Bearer /i, '');
    if (!token) return undefined;
    const payload = await verifier.verify(token).catch(() => undefined);
    return (
      payload &&
      Object.fromEntries(
        Object.entries(payload).map(([name, value]) => [
          name,
          typeof value === 'string' ? value : JSON.stringify(value),
        ]),
      )
    );
  };
};
