import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Invocation } from './function-instance.ts';

const invocations = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

/** The synchronous part of Lambda's API. Programs for operators invoke functions through it as they do on AWS. */
export const createLambdaEndpoint = (invoke: (name: string, event: unknown) => Promise<Invocation>): Server => {
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, name] = invocations.exec(request.url ?? '') ?? [];
    const event = await text(request);
    if (request.method !== 'POST' || name === undefined) return void response.writeHead(404).end();
    const result = await invoke(decodeURIComponent(name), event === '' ? {} : JSON.parse(event));
    response.writeHead(200, {
      'content-type': 'application/json',
      ...(!result.ok && { 'x-amz-function-error': 'Unhandled' }),
    });
    const payload = result.ok ? result.value : (result.error ?? { errorMessage: `The function ${result.reason}.` });
    response.end(JSON.stringify(payload ?? null));
  };
  return createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ message: String(error) }));
    });
  });
};
