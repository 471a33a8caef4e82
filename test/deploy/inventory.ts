import type { AwsCall, Emulator } from './ministack.ts';

/** What is looked for: how it is listed, where the list is in the answer, and what each is told by. */
const kinds: [kind: string, call: AwsCall, list: string, name?: string][] = [
  ['stack', ['cloudformation', 'DescribeStacks'], 'Stacks', 'StackName'],
  ['table', ['dynamodb', 'ListTables'], 'TableNames'],
  ['user pool', ['cognito-idp', 'ListUserPools', { MaxResults: 60 }], 'UserPools', 'Id'],
  ['function', ['lambda', 'ListFunctions'], 'Functions', 'FunctionName'],
  ['API', ['apigatewayv2', 'GetApis'], 'Items', 'ApiId'],
  ['role', ['iam', 'ListRoles'], 'Roles', 'RoleName'],
  ['rule', ['events', 'ListRules'], 'Rules', 'Name'],
  ['queue', ['sqs', 'ListQueues'], 'QueueUrls'],
  ['topic', ['sns', 'ListTopics'], 'Topics', 'TopicArn'],
  ['alarm', ['cloudwatch', 'DescribeAlarms'], 'MetricAlarms', 'AlarmName'],
  ['bucket', ['s3', 'ListBuckets'], 'Buckets', 'Name'],
  ['configuration set', ['sesv2', 'ListConfigurationSets'], 'ConfigurationSets'],
  ['log group', ['logs', 'DescribeLogGroups'], 'logGroups', 'logGroupName'],
];

/** What there is in the account, as `kind name`. */
export const takeInventory = async ({ call }: Emulator): Promise<string[]> => {
  const answers = await call(...kinds.map(([, each]) => each));
  return kinds.flatMap(([kind, , list, name], index) => {
    const items = (answers[index]?.[list] ?? []) as (string | Record<string, string>)[];
    return items.map((item) => `${kind} ${typeof item === 'string' ? item : (item[name ?? ''] ?? '')}`);
  });
};
