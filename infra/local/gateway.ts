import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { apiGatewayPayloadBytesMax } from '../../shared/limits.ts';
import { readAuthorizers } from './authorizer.ts';
import type { FunctionHost } from './function-host.ts';
import { findRoute, readRoutes, type RouteMatch } from './routing.ts';
import type { Template } from './template.ts';

/** The template's HTTP API with its routes and authorizer. Its own responses, such as 401, are the same as API Gateway's. */
export const createGateway = (template: Template, functions: FunctionHost): RequestListener => {
  const routes = readRoutes(template);
  const authorizers = readAuthorizers(template);

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const requestId = randomUUID();
    const refuse = (status: number, message: string, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', 'apigw-requestid': requestId, ...headers });
      response.end(request.method === 'HEAD' ? undefined : JSON.stringify({ message }));
    };
    const url = URL.parse(request.url ?? '/', 'http://localhost');
    const body = await readBody(request);
    if (!url) return refuse(400, 'Bad Request');
    if (body === undefined) return refuse(413, 'Request Too Long', { connection: 'close' });
    let match: RouteMatch | undefined;
    try {
      match = findRoute(routes, request.method ?? '', url.pathname);
    } catch {
      return refuse(400, 'Bad Request');
    }
    if (!match) return refuse(404, 'Not Found');
    const { authorizerId, functionId } = match.route;
    const claims =
      authorizerId === undefined ? {} : await authorizers.get(authorizerId)?.(request.headers.authorization);
    if (!claims) return refuse(401, 'Unauthorized', { 'www-authenticate': 'Bearer' });
    const event = toEvent(request, url, body, match, requestId, authorizerId === undefined ? undefined : claims);
    const result = await functions.invoke(functionId, event);
    if (!result.ok)
      return refuse(
        result.reason === 'timed out' ? 503 : 500,
        result.reason === 'timed out' ? 'Service Unavailable' : 'Internal Server Error',
      );
    answer(response, result.value as APIGatewayProxyStructuredResultV2, requestId, request.method === 'HEAD');
  };

  return (request, response) => {
    handle(request, response).catch((error: unknown) => {
      console.error(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  };
};

/** Undefined if the body is too large. */
const readBody = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > apiGatewayPayloadBytesMax) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const textual = /^(text\/|application\/(json|.*\+json|xml|javascript))/;

const toEvent = (
  { method = '', headers: given, socket }: IncomingMessage,
  url: URL,
  body: Buffer,
  { route, pathParameters }: RouteMatch,
  requestId: string,
  claims: Record<string, string> | undefined,
): APIGatewayProxyEventV2 => {
  const headers = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, [value ?? ''].flat().join(',')]),
  );
  const query = Object.fromEntries(
    [...new Set(url.searchParams.keys())].map((name) => [name, url.searchParams.getAll(name).join(',')]),
  );
  const isBase64Encoded = body.length > 0 && !textual.test(headers['content-type'] ?? '');
  const now = new Date();
  return {
    version: '2.0',
    routeKey: route.routeKey,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers,
    ...(url.search.length > 1 && { queryStringParameters: query }),
    ...(Object.keys(pathParameters).length > 0 && { pathParameters }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: 'localhost',
      domainPrefix: 'localhost',
      http: {
        method,
        path: url.pathname,
        protocol: 'HTTP/1.1',
        sourceIp: socket.remoteAddress ?? '',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey: route.routeKey,
      stage: '$default',
      time: now.toISOString(),
      timeEpoch: now.getTime(),
      ...(claims && { authorizer: { jwt: { claims, scopes: null } } }),
    },
    ...(body.length > 0 && { body: body.toString(isBase64Encoded ? 'base64' : 'utf8') }),
    isBase64Encoded,
  };
};

const answer = (
  response: ServerResponse,
  { statusCode = 200, headers = {}, body = '', isBase64Encoded = false, cookies }: APIGatewayProxyStructuredResultV2,
  requestId: string,
  headOnly: boolean,
): void => {
  const payload = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  response.writeHead(statusCode, {
    ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    'apigw-requestid': requestId,
    ...(cookies && { 'set-cookie': cookies }),
    ...(statusCode !== 204 && !headOnly && { 'content-length': payload.length }),
  });
  response.end(headOnly || statusCode === 204 ? undefined : payload);
};
