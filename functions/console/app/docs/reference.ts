import { accessToken, renewSession } from '../session/session.ts';
import type { OpenApi } from './open-api.ts';

/** The renderer, which a separate script defines: https://github.com/scalar/scalar */
declare const Scalar: { createApiReference(place: string, configuration: object): void };

/** Shows the reference. The renderer sends no requests to its maker's servers: no fonts, no telemetry and no proxy. */
export const showReference = (document: OpenApi): void =>
  Scalar.createApiReference('#app', {
    content: document,
    customFetch: fetchSignedIn,
    authentication: { preferredSecurityScheme: bearerSchemeOf(document) },
    defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
    hiddenClients: hiddenLanguages,
    withDefaultFonts: false,
    telemetry: false,
    proxyUrl: '',
    agent: { disabled: true },
    mcp: { disabled: true },
    showDeveloperTools: 'never',
    hideClientButton: true,
    documentDownloadType: 'none',
    persistAuth: false,
  });

/** The scheme for which a reader can enter a token, instead of the secrets of an app client. */
const bearerSchemeOf = ({ components }: OpenApi): string | undefined =>
  Object.entries(components.securitySchemes).find(([, { type }]) => type === 'http')?.[0];

/** Leaves code samples for curl, for Python with its most widely used HTTP client, and our own samples in TypeScript. */
const hiddenLanguages = {
  shell: ['httpie', 'wget'],
  python: ['aiohttp', 'httpx_async', 'httpx_sync', 'python3'],
  ...Object.fromEntries(
    'c clojure csharp dart fsharp go http java js julia kotlin node objc ocaml php powershell r ruby rust swift'
      .split(' ')
      .map((language) => [language, true]),
  ),
};

/**
 * Adds the access token of the reader to requests of the renderer. The renderer itself never has the token, so it cannot show it in
 * a sample, an address or a log. A token that the reader has entered there, such as that of a machine, is used instead.
 */
const fetchSignedIn: typeof fetch = async (input, init) => {
  const request = new Request(input, init);
  const token = accessToken();
  const isOurs = new URL(request.url).origin === location.origin;
  // Without a token, the renderer sends an empty one.
  const given = /\s\S/.test(request.headers.get('authorization')?.trim() ?? '');
  if (!isOurs || token === undefined || given) return fetch(request);
  const again = request.clone();
  const response = await fetch(withToken(request, token));
  if (response.status !== 401) return response;
  const renewed = await renewSession();
  return renewed === undefined ? response : fetch(withToken(again, renewed));
};

const withToken = (request: Request, token: string): Request => {
  request.headers.set('authorization', `Bearer ${token}`);
  return request;
};
