import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { NotDone } from '../not-done.ts';
import { stageCommand } from '../stage-command.ts';
import { functionOf } from '../stage-functions.ts';

export const runWorker = stageCommand({
  does: 'invokes the worker once and prints its result',
  run: async (aws) => {
    const { name } = await functionOf(aws, 'work');
    // A second attempt would find the lease of the first.
    const lambda = new LambdaClient({ ...aws.client, maxAttempts: 1 });
    const { Payload, FunctionError } = await lambda.send(new InvokeCommand({ FunctionName: name, Payload: '{}' }));
    const result = Buffer.from(Payload ?? []).toString();
    if (FunctionError !== undefined) throw new NotDone(`The worker failed: ${result}`);
    return `The worker returned ${result}`;
  },
});
