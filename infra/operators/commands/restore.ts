import {
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceNotFoundException,
  RestoreTableToPointInTimeCommand,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import type { AwsStage } from '../aws-stage.ts';
import { copyBack } from '../copy-back.ts';
import { NotDone } from '../not-done.ts';
import { stageCommand } from '../stage-command.ts';
import { concurrencyOf, functionOf, functionsOf } from '../stage-functions.ts';

/** Seconds between two looks at a table that is being restored. That takes minutes to hours. */
const pollSeconds = 20;

export const beginRestore = stageCommand({
  does: 'restores the table to a point in time, into a second table, and waits',
  usage: '--to <instant>',
  input: { to: z.iso.datetime({ precision: 0, error: 'must be an instant such as 2026-11-24T09:55:00Z' }) },
  run: async (aws, { to }) => {
    const { dynamodb, table, restored, find } = await openTables(aws);
    const found = await find();
    if (found && restoredTo(found) !== Date.parse(to))
      throw new NotDone(
        `The table ${restored} exists already, restored to ${instantOf(found)}. Use “restore finish” first, or repeat that instant.`,
      );
    if (!found)
      await dynamodb.send(
        new RestoreTableToPointInTimeCommand({
          SourceTableName: table,
          TargetTableName: restored,
          RestoreDateTime: new Date(to),
        }),
      );
    for (let now = await find(); now?.TableStatus !== 'ACTIVE'; now = await find()) {
      if (now?.TableStatus !== 'CREATING') throw new NotDone(`The table ${restored} is ${now?.TableStatus ?? 'gone'}.`);
      await aws.wait(pollSeconds);
    }
    return `The table ${restored} is what ${table} was at ${to}.`;
  },
});

export const copyRestore = stageCommand({
  does: 'makes the stage’s table what the restored one is; needs stop and a fence',
  run: async (aws) => {
    const { dynamodb, table, restored, find } = await openTables(aws);
    const found = await find();
    if (found?.TableStatus !== 'ACTIVE')
      throw new NotDone(`The table ${restored} is ${found?.TableStatus ?? 'not there'}. Use “restore begin” first.`);
    await requireStopped(aws);
    await requireFence(aws, found);
    const { written, erased } = await copyBack(dynamodb, restored, table);
    return `${table} is as it was at ${instantOf(found)}: ${written} items were written, ${erased} newer ones deleted.`;
  },
});

export const finishRestore = stageCommand({
  does: 'deletes the second table',
  run: async (aws) => {
    const { dynamodb, restored, find } = await openTables(aws);
    if (!(await find())) throw new NotDone(`There is no table ${restored}.`);
    await dynamodb.send(new DeleteTableCommand({ TableName: restored }));
    return `Deleted the table ${restored}.`;
  },
});

const openTables = async (aws: AwsStage) => {
  const dynamodb = new DynamoDBClient(aws.client);
  const restored = `roster-${aws.stage.name}-restored`;
  return {
    dynamodb,
    table: await aws.output('Data', 'TableName'),
    restored,
    find: async (): Promise<TableDescription | undefined> => {
      try {
        return (await dynamodb.send(new DescribeTableCommand({ TableName: restored }))).Table;
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return undefined;
        throw error;
      }
    },
  };
};

/** Milliseconds. Undefined for a table that is not the result of a restore. */
const restoredTo = ({ RestoreSummary }: TableDescription): number | undefined =>
  RestoreSummary?.RestoreDateTime?.getTime();

const instantOf = ({ RestoreSummary }: TableDescription): string =>
  RestoreSummary?.RestoreDateTime?.toISOString() ?? 'no point in time';

/** Items that a function writes while the table is copied would be mixed with the restored ones. */
const requireStopped = async (aws: AwsStage): Promise<void> => {
  const lambda = new LambdaClient(aws.client);
  const functions = await functionsOf(aws);
  const running: string[] = [];
  for (const each of functions) if ((await concurrencyOf(lambda, each)) !== 0) running.push(each.entry);
  if (running.length > 0)
    throw new NotDone(
      `${running.length} of ${functions.length} functions can still write: ${running.join(', ')}. Use “stop” first. Nothing was copied.`,
    );
};

/** Mails that were due at the point in time may have been sent since, and would be sent a second time. */
const requireFence = async (aws: AwsStage, restored: TableDescription): Promise<void> => {
  const { name } = await functionOf(aws, 'work');
  const { Environment } = await new LambdaClient(aws.client).send(
    new GetFunctionConfigurationCommand({ FunctionName: name }),
  );
  const fence = Environment?.Variables?.SEND_FENCE;
  if (fence === undefined || !(Date.parse(fence) >= (restoredTo(restored) ?? Number.POSITIVE_INFINITY)))
    throw new NotDone(
      `The deployed sendFence is ${fence ?? 'not set'}, and must not be before ${instantOf(restored)}. Set it in infra/stages.ts and deploy. Nothing was copied.`,
    );
};
