import { arn } from './arn.ts';
import type { AwsCall } from './role.ts';

/** An HTTP request that the SDK sends. */
export interface WireRequest {
  method: string;
  path: string;
  /** `DynamoDB_20120810.GetItem` */
  target: string;
  body: string;
}

/** The facts about the stack that are needed to interpret requests. */
export interface StackNames {
  /** The name of the partition key attribute of the table and of each index, by the name of the table or index. */
  hashKeys: Record<string, string>;
  /** The verified addresses and domains of senders. */
  identities: string[];
}

type Values = Record<string, { S?: string }>;

interface TablePart {
  TableName: string;
  IndexName?: string;
  Key?: Values;
  Item?: Values;
  Keys?: Values[];
  KeyConditionExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Values;
}

/**
 * The calls that IAM authorizes in one request. For a transaction, these are its operations:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html. AWS does not document that each is
 * checked with its own key; that is our interpretation.
 */
export const awsCalls = ({ method, path, target, body }: WireRequest, names: StackNames): AwsCall[] => {
  const [service, operation = ''] = target.split('.');
  const parsed = (): unknown => JSON.parse(body);
  if (service === 'DynamoDB_20120810') return tableCalls(operation, parsed(), names);
  if (service === 'AWSCognitoIdentityProviderService') {
    const { UserPoolId } = parsed() as { UserPoolId: string };
    return [call(`cognito-idp:${operation}`, arn('cognito-idp', `userpool/${UserPoolId}`))];
  }
  if (`${method} ${path}` === 'GET /v2/email/account') return [call('ses:GetAccount', '*')];
  if (`${method} ${path}` === 'POST /v2/email/outbound-emails') return sendCalls(parsed() as Mail, names);
  return [call(`unknown:${method} ${path} ${target}`, '*')];
};

const call = (action: string, resource: string, context: AwsCall['context'] = {}): AwsCall => ({
  action,
  resource,
  context,
});

interface Mail {
  FromEmailAddress: string;
  Destination: { ToAddresses: string[] };
  ConfigurationSetName?: string;
}

/**
 * SES requires permissions on the identity of the sender, on the configuration set, and on the identity of each recipient that is
 * verified in the account. Sources: see grant-permissions.ts.
 */
const sendCalls = (
  { FromEmailAddress: from, Destination: { ToAddresses: to }, ConfigurationSetName: set }: Mail,
  { identities }: StackNames,
): AwsCall[] => {
  const address = /<(.+)>$/.exec(from)?.[1] ?? from;
  const verified = (of: string): string | undefined => [of, domainOf(of)].find((each) => identities.includes(each));
  const named = new Set([verified(address) ?? domainOf(address), ...to.flatMap((each) => verified(each) ?? [])]);
  return [
    ...[...named].map((identity) => `identity/${identity}`),
    ...(set === undefined ? [] : [`configuration-set/${set}`]),
  ].map((resource) => call('ses:SendEmail', arn('ses', resource), { 'ses:FromAddress': [address] }));
};

const domainOf = (address: string): string => address.slice(address.indexOf('@') + 1);

const partActions: Record<string, string> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};

const tableCalls = (operation: string, input: unknown, { hashKeys }: StackNames): AwsCall[] => {
  const one = (action: string, part: TablePart): AwsCall => {
    const { TableName, IndexName, Key, Item, Keys = [] } = part;
    const keys = [...Keys, ...[Key ?? Item].filter((key) => key !== undefined)].map((key) => key[hashKeys.table ?? '']);
    const values = action === 'Query' ? [queried(part, hashKeys[IndexName ?? 'table'])] : keys;
    const named = values.flatMap((value) => (value?.S === undefined ? [] : [value.S]));
    return call(
      `dynamodb:${action}`,
      arn('dynamodb', `table/${TableName}${IndexName ? `/index/${IndexName}` : ''}`),
      named.length > 0 ? { 'dynamodb:LeadingKeys': [...new Set(named)] } : {},
    );
  };
  if (operation === 'TransactWriteItems' || operation === 'TransactGetItems')
    return (input as { TransactItems: Record<string, TablePart>[] }).TransactItems.flatMap((item) =>
      Object.entries(item).map(([kind, part]) => one(partActions[kind] ?? kind, part)),
    );
  if (operation === 'BatchGetItem')
    return Object.entries((input as { RequestItems: Record<string, { Keys: Values[] }> }).RequestItems).map(
      ([TableName, { Keys }]) => one(operation, { TableName, Keys }),
    );
  return [one(operation, input as TablePart)];
};

/** The partition that a query reads. */
const queried = (
  { KeyConditionExpression = '', ExpressionAttributeNames = {}, ExpressionAttributeValues = {} }: TablePart,
  hashKey: string | undefined,
) => {
  const equals = [...KeyConditionExpression.matchAll(/([\w#]+)\s*=\s*(:\w+)/g)];
  const [, , value = ''] = equals.find(([, name = '']) => (ExpressionAttributeNames[name] ?? name) === hashKey) ?? [];
  return ExpressionAttributeValues[value];
};
