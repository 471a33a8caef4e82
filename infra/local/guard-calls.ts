import { ClientRequest } from 'node:http';
import { Readable } from 'node:stream';
import { awsCalls, type StackNames } from './aws-calls.ts';
import { roleOf, type AwsCall, type Statement } from './role.ts';

/** The permissions of a function, with the facts that are needed to interpret its requests. */
export interface Rights extends StackNames {
  statements: Statement[];
}

export interface CallReport {
  /** The grants that the function used for the first time. */
  used: string[];
  /** The call that was refused. */
  refused?: string;
}

/**
 * From now on, every request of this thread's AWS clients is authorized as IAM would authorize it, and refused requests are never
 * sent. The returned function makes it report used grants again.
 */
export const guardCalls = ({ statements, ...names }: Rights, report: (report: CallReport) => void): (() => void) => {
  const judge = roleOf(statements);
  const known = new Set<string>();
  const { end } = ClientRequest.prototype;
  ClientRequest.prototype.end = function guarded(this: ClientRequest, ...given: unknown[]) {
    const verdicts = callsOf(this, given[0], names).map((call) => ({ call, ...judge(call) }));
    const refusal = verdicts.find(({ allowed }) => !allowed);
    const used = [...new Set(verdicts.flatMap(({ grants }) => grants))].filter((grant) => !known.has(grant));
    for (const grant of used) known.add(grant);
    const refused = refusal && inWords(refusal.call);
    if (used.length > 0 || refused !== undefined) report({ used, ...(refused !== undefined && { refused }) });
    return refused === undefined ? (Reflect.apply(end, this, given) as ClientRequest) : refuse(this, refused);
  };
  return () => known.clear();
};

const callsOf = (request: ClientRequest, body: unknown, names: StackNames): AwsCall[] => {
  const target = request.getHeader('x-amz-target');
  return awsCalls(
    {
      method: request.method,
      path: request.path.split('?', 1)[0] ?? '',
      target: typeof target === 'string' ? target : '',
      body: Buffer.isBuffer(body) || typeof body === 'string' ? body.toString() : '',
    },
    names,
  );
};

const inWords = ({ action, resource, context }: AwsCall): string =>
  [action, 'on', resource, ...Object.values(context).flat()].join(' ');

/** Creates the response of AWS to a refused request, without sending the request. */
const refuse = (request: ClientRequest, refused: string): ClientRequest => {
  const answer = { message: `Not authorized to perform: ${refused}` };
  request.emit(
    'response',
    Object.assign(Readable.from([Buffer.from(JSON.stringify(answer))]), {
      statusCode: 400,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'AccessDeniedException' },
    }),
  );
  return request.destroy();
};
