import type { Emulator } from './ministack.ts';
import { expect, say } from './steps.ts';

/** The part of a change set's resource change that the test reads. */
export interface ResourceChange {
  Action: string;
  LogicalResourceId: string;
  ResourceType: string;
  /** Only for modifications: `False`, `Conditional` or `True`. */
  Replacement?: string;
}

/** Types whose replacement loses what no deployment brings back: data, accounts, addresses, secrets, or a verification by hand. */
const statefulTypes = new Set([
  'AWS::ApiGatewayV2::Api',
  'AWS::CertificateManager::Certificate',
  'AWS::CloudFront::Distribution',
  'AWS::Cognito::UserPool',
  'AWS::Cognito::UserPoolClient',
  'AWS::Cognito::UserPoolDomain',
  'AWS::DynamoDB::GlobalTable',
  'AWS::SES::EmailIdentity',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::SecretsManager::Secret',
]);

/** The stateful resources that the changes remove or may replace. */
export const lossesIn = (changes: readonly ResourceChange[]): string[] =>
  changes
    .filter(({ ResourceType }) => statefulTypes.has(ResourceType))
    .filter(({ Action, Replacement }) => Action === 'Remove' || (Action === 'Modify' && Replacement !== 'False'))
    .map(({ Action, ResourceType, LogicalResourceId }) => `${Action} ${ResourceType} ${LogicalResourceId}`);

/** Reads the change set that each stack was deployed with last. Of a stack that had no changes, it is an earlier one. */
export const requireNothingLost = async ({ call }: Emulator): Promise<void> => {
  const [described] = await call(['cloudformation', 'DescribeStacks']);
  const names = ((described?.Stacks ?? []) as { StackName: string }[]).map(({ StackName }) => StackName);
  const lists = await call(...names.map((StackName) => ['cloudformation', 'ListChangeSets', { StackName }] as const));
  const sets = lists.flatMap(({ Summaries }) => Summaries as { ChangeSetId: string; StackName: string }[]);
  const answers = await call(
    ...sets.map(
      ({ ChangeSetId, StackName }) =>
        ['cloudformation', 'DescribeChangeSet', { ChangeSetName: ChangeSetId, StackName }] as const,
    ),
  );
  const changes = answers.flatMap(({ Changes }) =>
    (Changes as { ResourceChange: ResourceChange }[]).map(({ ResourceChange }) => ResourceChange),
  );
  const losses = lossesIn(changes);
  expect(losses.length === 0, `the upgrade keeps every stateful resource, but it would: ${losses.join(', ')}`);
  const modified = changes.filter(({ Action }) => Action === 'Modify').length;
  say(`\n    ${modified} modifications in ${sets.length} change sets; no stateful resource is removed or replaced.`);
};
