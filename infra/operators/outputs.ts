import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';

/** What the API's stack of a stage says of itself, by name, in the account and region that the AWS environment names. */
export const outputsOf = async (stage: string): Promise<Record<string, string>> => {
  const client = new CloudFormationClient({});
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: `Roster-${stage}-Api` }));
  return Object.fromEntries(
    (Stacks[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
};
