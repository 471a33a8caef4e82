import { DeleteFunctionConcurrencyCommand, LambdaClient, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import type { AwsStage } from './aws-stage.ts';
import { NotDone } from './not-done.ts';
import { concurrencyOf, functionsOf, type StageFunction } from './stage-functions.ts';

/**
 * Sets the reserved concurrency of every function (undefined: none), and reads each one back. Returns the number of functions.
 * Goes on after a failure, so that as many functions as possible are set, and then throws `NotDone` with those that are not.
 */
export const setConcurrency = async (
  aws: AwsStage,
  wanted: (each: StageFunction) => number | undefined,
): Promise<number> => {
  const lambda = new LambdaClient(aws.client);
  const functions = await functionsOf(aws);
  const failures: string[] = [];
  for (const each of functions) {
    const problem = await setOne(lambda, each, wanted(each)).catch((error: unknown) => String(error));
    if (problem !== undefined) failures.push(`  ${each.entry}: ${problem}`);
  }
  if (failures.length > 0)
    throw new NotDone(
      [`${failures.length} of ${functions.length} functions of ${aws.stage.name} are not set:`, ...failures].join('\n'),
    );
  return functions.length;
};

/** Returns what is wrong afterwards. */
const setOne = async (
  lambda: LambdaClient,
  each: StageFunction,
  concurrency: number | undefined,
): Promise<string | undefined> => {
  const FunctionName = each.name;
  await (concurrency === undefined
    ? lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }))
    : lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: concurrency })));
  const actual = await concurrencyOf(lambda, each);
  return actual === concurrency ? undefined : `its reserved concurrency is ${actual ?? 'none'}`;
};
