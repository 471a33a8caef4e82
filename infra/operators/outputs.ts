import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';

/** The outputs of one of the stacks of a stage, by name, in the account and region that the AWS environment names. */
export const outputsOf = async (stage: string, stack: 'Api' | 'Data'): Promise<Record<string, string>> => {
  const client = new CloudFormationClient({});
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: `Roster-${stage}-${stack}` }));
  return Object.fromEntries(
    (Stacks[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
};
