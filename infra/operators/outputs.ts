import { openAwsStage, type StackName } from './aws-stage.ts';

/** The outputs of one stack of a deployed stage, by name. Throws like `openAwsStage`. */
export const outputsOf = async (stage: string, stack: StackName): Promise<Record<string, string>> =>
  (await openAwsStage(stage)).outputs(stack);
