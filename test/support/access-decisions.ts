import type { OneOrMore } from '../../infra/local/role.ts';

/** A request to a resource that has a policy of its own. */
export interface ServiceRequest {
  /** `events.amazonaws.com` */
  service: string;
  /** `sqs:SendMessage` */
  action: string;
  /** The ARN of the resource. */
  resource: string;
  /** The ARN on whose behalf the service acts. */
  sourceArn: string;
  sourceAccount: string;
}

/** A statement of the policy of a queue, a topic or a function, with intrinsic functions rendered as text. */
export interface PolicyStatement {
  Effect: 'Allow' | 'Deny';
  Principal: Record<string, OneOrMore>;
  Action: OneOrMore;
  Resource: OneOrMore;
  Condition?: Record<string, Record<string, OneOrMore>>;
  Sid?: string;
}

/** Whether the policy of a resource allows a request over TLS: some statement allows it, and none denies it. */
export const isAllowed = (statements: readonly PolicyStatement[], request: ServiceRequest): boolean => {
  const matching = statements.filter((statement) => matches(statement, request));
  return matching.length > 0 && matching.every(({ Effect }) => Effect === 'Allow');
};

const matches = (
  { Principal, Action, Resource, Condition = {} }: PolicyStatement,
  { service, action, resource, sourceArn, sourceAccount }: ServiceRequest,
): boolean => {
  const values: Record<string, string> = {
    'aws:SourceArn': sourceArn,
    'aws:SourceAccount': sourceAccount,
    'aws:SecureTransport': 'true',
  };
  const principals = Object.entries(Principal).flatMap(([kind, names]) => list(names).map((name) => [kind, name]));
  return (
    principals.some(([kind, name]) => (kind === 'Service' && name === service) || (kind === 'AWS' && name === '*')) &&
    list(Action).some((pattern) => isLike(pattern, action)) &&
    list(Resource).some((pattern) => isLike(pattern, resource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, patterns]) => {
        const value = values[key];
        if (value === undefined) throw new Error(`The condition key "${key}" is not supported`);
        return list(patterns).some((pattern) => compare(operator, pattern, value));
      }),
    )
  );
};

/** ArnEquals behaves like ArnLike. Source: IAM user guide, "Amazon Resource Name (ARN) condition operators". */
const compare = (operator: string, pattern: string, value: string): boolean => {
  if (operator === 'ArnLike' || operator === 'ArnEquals') return isLike(pattern, value);
  if (operator === 'StringEquals' || operator === 'Bool') return pattern === value;
  throw new Error(`The condition operator "${operator}" is not supported`);
};

export const isLike = (pattern: string, text: string): boolean =>
  new RegExp(`^${pattern.replaceAll(/[.+^${}()|[\]\\?]/g, '\\$&').replaceAll('*', '.*')}$`).test(text);

export const list = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);
