import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { OperatorCommand } from '../../shared/operators/operate.ts';
import type { OperatorAnswer } from '../../shared/operators/operator.ts';
import { outputsOf } from './outputs.ts';

/** What an operator asked for was not done, and why. */
export class NotDone extends Error {}

/** The function that operators may invoke, in one installation. */
interface OperateFunction {
  lambda: LambdaClient;
  name: string;
}

/** Has it done by the installation of that stage. Throws `NotDone`. */
export const operateOn = async (stage: string, command: OperatorCommand): Promise<OperatorAnswer> => {
  const { lambda, name } = stage === 'local' ? await localFunction() : await deployedFunction(stage);
  const { Payload, FunctionError } = await lambda.send(
    new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(command) }),
  );
  const answer: unknown = JSON.parse(Buffer.from(Payload ?? []).toString() || '{}');
  if (FunctionError !== undefined)
    throw new NotDone((answer as { errorMessage?: string }).errorMessage ?? FunctionError);
  return answer as OperatorAnswer;
};

/** Found through the stack's outputs, in the account and region that the AWS environment names. */
const deployedFunction = async (stage: string): Promise<OperateFunction> => {
  const { OperateFunction: name } = await outputsOf(stage);
  if (!name) throw new NotDone(`The stage ${stage} has no function for operators: deploy it anew.`);
  // Not every command may be done twice, and an answer may be lost after its effect.
  return { lambda: new LambdaClient({ maxAttempts: 1 }), name };
};

/** The stack that `npm start` runs on this machine. */
const localFunction = async (): Promise<OperateFunction> => {
  const file = path.resolve(import.meta.dirname, '../../.local/endpoints.json');
  const endpoints = await readFile(file, 'utf8').catch(() => {
    throw new NotDone('Nothing is running here: start it with npm start, in another terminal.');
  });
  const { lambda: endpoint } = JSON.parse(endpoints) as { lambda: string };
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return {
    lambda: new LambdaClient({ endpoint, region: 'eu-west-1', credentials, maxAttempts: 1 }),
    name: 'operate',
  };
};
