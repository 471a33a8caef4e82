import { GetFunctionConcurrencyCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { functionTimeoutSeconds } from '../../shared/limits.ts';
import { stackNames, type AwsStage, type StackName } from './aws-stage.ts';
import { NotDone } from './not-done.ts';

/** Every function of a stage, by the name of its entry. */
export const functionNames = Object.keys(functionTimeoutSeconds) as (keyof typeof functionTimeoutSeconds)[];

export type FunctionName = (typeof functionNames)[number];

export interface StageFunction {
  entry: FunctionName;
  /** The name in AWS. */
  name: string;
  logicalId: string;
  stack: StackName;
}

/** The deployed functions, one for each entry. Throws `NotDone` if one is missing, or there are two of it. */
export const functionsOf = async (aws: AwsStage): Promise<StageFunction[]> => {
  const perStack = await Promise.all(
    stackNames.map(async (stack) =>
      (await aws.resources(stack))
        .filter(({ type }) => type === 'AWS::Lambda::Function')
        .map((resource) => ({ ...resource, stack })),
    ),
  );
  const deployed = perStack.flat();
  // The logical id of a construct directly in a stack is its own id, which is the entry's name, and eight digits.
  const found = functionNames.map((entry) => ({
    entry,
    matches: deployed.filter(({ logicalId }) => new RegExp(`^${entry}[0-9A-F]{8}$`).test(logicalId)),
  }));
  const wrong = found.filter(({ matches }) => matches.length !== 1);
  if (wrong.length > 0)
    throw new NotDone(
      `The stage ${aws.stage.name} should have ${functionNames.length} functions, one for each entry, but ${wrong.map(({ entry, matches }) => `“${entry}” was found ${matches.length} times`).join(', ')}. Use the checkout of the version that is deployed. Nothing was done.`,
    );
  return found.flatMap(({ entry, matches }) =>
    matches.map(({ physicalId, logicalId, stack }) => ({ entry, name: physicalId, logicalId, stack })),
  );
};

export const functionOf = async (aws: AwsStage, entry: FunctionName): Promise<StageFunction> => {
  const found = (await functionsOf(aws)).find((each) => each.entry === entry);
  if (!found) throw new NotDone(`The stage ${aws.stage.name} has no function “${entry}”.`);
  return found;
};

/** The most executions that a function may have at a time. Undefined: no limit of its own. */
export const concurrencyOf = async (lambda: LambdaClient, { name }: StageFunction): Promise<number | undefined> =>
  (await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: name }))).ReservedConcurrentExecutions;
