import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { OperatorCommand } from '../../shared/operators/operate.ts';
import type { OperatorAnswer } from '../../shared/operators/operator.ts';
import { openAwsStage } from './aws-stage.ts';
import { NotDone } from './not-done.ts';

/** A running stage, on AWS or on this machine, through its function for operators. */
export interface Installation {
  /** Throws `NotDone` with the function's reason. */
  operate(command: OperatorCommand): Promise<OperatorAnswer>;
  /** The stage's table, and the settings for a client that reaches it. */
  table: { name: string; client: DynamoDBClientConfig };
}

/** Throws `NotDone` if the stage is not running, or the credentials belong to another account. */
export const openInstallation = (stage: string): Promise<Installation> =>
  stage === 'local' ? openLocal() : openDeployed(stage);

const openDeployed = async (name: string): Promise<Installation> => {
  const aws = await openAwsStage(name);
  const [operateFunction, table] = await Promise.all([
    aws.output('Api', 'OperateFunction'),
    aws.output('Data', 'TableName'),
  ]);
  // Some commands must not run twice, and a response can be lost after its effect.
  const lambda = new LambdaClient({ ...aws.client, maxAttempts: 1 });
  return { operate: operateThrough(lambda, operateFunction), table: { name: table, client: aws.client } };
};

const operateThrough =
  (lambda: LambdaClient, functionName: string): Installation['operate'] =>
  async (command) => {
    const { Payload, FunctionError } = await lambda.send(
      new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(command) }),
    );
    const answer: unknown = JSON.parse(Buffer.from(Payload ?? []).toString() || '{}');
    if (FunctionError !== undefined)
      throw new NotDone((answer as { errorMessage?: string }).errorMessage ?? FunctionError);
    return answer as OperatorAnswer;
  };

/** The addresses of the stack that `npm start` runs on this machine. */
interface LocalEndpoints {
  lambda: string;
  dynamodb: { endpoint: string; tableName: string };
}

const openLocal = async (): Promise<Installation> => {
  const file = path.resolve(import.meta.dirname, '../../.local/endpoints.json');
  const endpoints = await readFile(file, 'utf8').catch(() => {
    throw new NotDone('Nothing is running here: start it with npm start, in another terminal.');
  });
  const { lambda: endpoint, dynamodb } = JSON.parse(endpoints) as LocalEndpoints;
  const local = { region: 'eu-west-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  return {
    operate: operateThrough(new LambdaClient({ endpoint, ...local, maxAttempts: 1 }), 'operate'),
    table: { name: dynamodb.tableName, client: { endpoint: dynamodb.endpoint, ...local } },
  };
};
