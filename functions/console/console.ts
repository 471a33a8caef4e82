import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { notAllowed } from '../http/not-allowed.ts';
import { problem } from '../http/response.ts';
import { withoutBody } from '../http/without-body.ts';
import { readAsset } from './assets.ts';
import { docsPage } from './docs-page.ts';
import { page } from './page.ts';

const assetPath = /^\/console\/assets\/([\w-]+\.(?:js|css))$/;

/** Serves the web console: its files under their hashed names, its one page at every address of a screen, and the reference. */
export const handler = async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> =>
  withoutBody(event, await respond(event));

const respond = async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
  const { requestId, http } = event.requestContext;
  if (http.method !== 'GET' && http.method !== 'HEAD') {
    const [failure, headers] = notAllowed([{ method: 'GET' }]);
    return problem(failure, requestId, headers);
  }
  const notFound = problem({ code: 'not_found' }, requestId);
  const [, name] = assetPath.exec(event.rawPath) ?? [];
  if (name !== undefined) return (await readAsset(name, event.headers['accept-encoding'])) ?? notFound;
  if (event.rawPath === '/docs') return docsPage;
  return event.rawPath.includes('.') ? notFound : page;
};
