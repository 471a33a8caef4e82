import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
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
  const { OperateFunction: name } = await outputsOf(stage, 'Api');
  if (!name) throw new NotDone(`The stage ${stage} has no function for operators: deploy it anew.`);
  // Not every command may be done twice, and an answer may be lost after its effect.
  return { lambda: new LambdaClient({ maxAttempts: 1 }), name };
};

/** The name of a stage's table, and how a client reaches it. Throws `NotDone`. */
export const tableOf = async (stage: string): Promise<{ name: string; client: DynamoDBClientConfig }> => {
  if (stage !== 'local') {
    const { TableName: name } = await outputsOf(stage, 'Data');
    if (!name) throw new NotDone(`The stage ${stage} does not name its table: deploy it anew.`);
    return { name, client: {} };
  }
  const { endpoint, tableName } = (await localEndpoints()).dynamodb;
  return { name: tableName, client: { endpoint, ...local } };
};

const local = { region: 'eu-west-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };

interface LocalEndpoints {
  lambda: string;
  dynamodb: { endpoint: string; tableName: string };
}

/** The addresses of the stack that `npm start` runs on this machine. */
const localEndpoints = async (): Promise<LocalEndpoints> => {
  const file = path.resolve(import.meta.dirname, '../../.local/endpoints.json');
  const endpoints = await readFile(file, 'utf8').catch(() => {
    throw new NotDone('Nothing is running here: start it with npm start, in another terminal.');
  });
  return JSON.parse(endpoints) as LocalEndpoints;
};

const localFunction = async (): Promise<OperateFunction> => {
  const { lambda: endpoint } = await localEndpoints();
  return { lambda: new LambdaClient({ endpoint, ...local, maxAttempts: 1 }), name: 'operate' };
};
