import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { closeServer, listen } from '../../infra/local/network.ts';

/** The members of a request or a response. */
export type Members = Record<string, unknown>;

/** An error that AWS returns. */
export class AwsFault extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

interface AwsRequest {
  /** The beginning of the target: `DynamoDB_20120810`. Empty for the protocols that have none. */
  service: string;
  operation: string;
  input: Members;
}

/** A server that speaks the protocols of the AWS clients, and answers with what `answer` returns or with the `AwsFault` that it throws. */
export const startAwsServer = async (
  answer: (request: AwsRequest) => Promise<Members>,
): Promise<{ endpoint: string; stop(): Promise<void> }> => {
  const handle = async (request: IncomingMessage): Promise<{ status: number; type: string; content: string }> => {
    const { inXml, ...read } = readRequest(request, await text(request));
    try {
      const result = await answer(read);
      return inXml
        ? { status: 200, type: 'text/xml', content: xmlResult(read.operation, result) }
        : { status: 200, type: 'application/json', content: JSON.stringify(result) };
    } catch (error) {
      const { code, message } = error instanceof AwsFault ? error : new AwsFault('InternalFailure', String(error));
      const status = code === 'InternalFailure' ? 500 : 400;
      return inXml
        ? { status, type: 'text/xml', content: xmlFault(code, message) }
        : { status, type: 'application/json', content: JSON.stringify({ __type: code, message }) };
    }
  };
  const server = createServer((request, response) => {
    void handle(request).then(({ status, type, content }) =>
      response.writeHead(status, { 'content-type': type }).end(content),
    );
  });
  const port = await listen(server, 0);
  return { endpoint: `http://localhost:${port}`, stop: () => closeServer(server) };
};

/** The operations whose request is told by method and path, with the names of the path's parts. */
const restOperations: [operation: string, method: string, path: RegExp, ...names: string[]][] = [
  ['PutFunctionConcurrency', 'PUT', /^\/2017-10-31\/functions\/([^/]+)\/concurrency$/, 'FunctionName'],
  ['DeleteFunctionConcurrency', 'DELETE', /^\/2017-10-31\/functions\/([^/]+)\/concurrency$/, 'FunctionName'],
  ['GetFunctionConcurrency', 'GET', /^\/2019-09-30\/functions\/([^/]+)\/concurrency$/, 'FunctionName'],
  ['GetFunctionConfiguration', 'GET', /^\/2015-03-31\/functions\/([^/]+)\/configuration$/, 'FunctionName'],
  ['Invoke', 'POST', /^\/2015-03-31\/functions\/([^/]+)\/invocations$/, 'FunctionName'],
  ['GetEventSourceMapping', 'GET', /^\/2015-03-31\/event-source-mappings\/([^/]+)$/, 'UUID'],
  ['UpdateEventSourceMapping', 'PUT', /^\/2015-03-31\/event-source-mappings\/([^/]+)$/, 'UUID'],
  ['GetAccount', 'GET', /^\/v2\/email\/account$/],
  ['PutAccountDetails', 'POST', /^\/v2\/email\/account\/details$/],
  ['GetEmailIdentity', 'GET', /^\/v2\/email\/identities\/([^/]+)$/, 'EmailIdentity'],
  ['GetConfigurationSet', 'GET', /^\/v2\/email\/configuration-sets\/([^/]+)$/, 'ConfigurationSetName'],
  [
    'PutConfigurationSetSendingOptions',
    'PUT',
    /^\/v2\/email\/configuration-sets\/([^/]+)\/sending$/,
    'ConfigurationSetName',
  ],
  ['DeleteSuppressedDestination', 'DELETE', /^\/v2\/email\/suppression\/addresses\/([^/]+)$/, 'EmailAddress'],
];

/** Reads a request in any of the three protocols: query with XML, JSON with a target, and REST with JSON. */
const readRequest = (
  { method = '', url = '', headers }: IncomingMessage,
  body: string,
): AwsRequest & { inXml: boolean } => {
  const target = headers['x-amz-target'];
  const { pathname } = new URL(url, 'http://localhost');
  if (typeof target === 'string') {
    const [service = '', operation = ''] = target.split('.');
    return { service, operation, input: JSON.parse(body) as Members, inXml: false };
  }
  if (pathname === '/' && method === 'POST') {
    const { Action: operation = '', ...input } = Object.fromEntries(new URLSearchParams(body));
    return { service: '', operation, input, inXml: true };
  }
  for (const [operation, verb, path, ...names] of restOperations) {
    const match = path.exec(pathname);
    if (!match || verb !== method) continue;
    const parts = names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? '')]);
    const members = body === '' ? {} : (JSON.parse(body) as Members);
    return { service: '', operation, input: { ...members, ...Object.fromEntries(parts) }, inXml: false };
  }
  return { service: '', operation: `${method} ${pathname}`, input: {}, inXml: false };
};

const xmlResult = (operation: string, result: Members): string =>
  `<${operation}Response><${operation}Result>${xmlOf(result)}</${operation}Result></${operation}Response>`;

const xmlFault = (Code: string, Message: string): string =>
  `<ErrorResponse><Error><Type>Sender</Type>${xmlOf({ Code, Message })}</Error></ErrorResponse>`;

const xmlOf = (value: unknown): string => {
  if (Array.isArray(value)) return value.map((each) => `<member>${xmlOf(each)}</member>`).join('');
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([name, member]) => `<${name}>${xmlOf(member)}</${name}>`)
      .join('');
  return String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
};
