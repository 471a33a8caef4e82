import { CloudFormationClient, UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { stageCommand } from '../stage-command.ts';

export const unprotect = stageCommand({
  does: 'lets the stacks be destroyed, and prints what remains then',
  run: async (aws) => {
    const { TableName, UserPoolId } = await aws.outputs('Data');
    await new CloudFormationClient(aws.client).send(
      new UpdateTerminationProtectionCommand({
        StackName: aws.stackName('Data'),
        EnableTerminationProtection: false,
      }),
    );
    return [
      `The stacks of ${aws.stage.name} can be destroyed. Note what remains in ${aws.account} afterwards:`,
      `  table ${TableName}`,
      `  user pool ${UserPoolId}`,
    ].join('\n');
  },
});
