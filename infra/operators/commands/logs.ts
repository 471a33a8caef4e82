import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { NotDone } from '../not-done.ts';
import { stageCommand } from '../stage-command.ts';
import { functionNames, functionOf } from '../stage-functions.ts';

const unitSeconds = { m: 60, h: 3_600, d: 86_400 };

/** `15m`, `1h` or `2d`, in milliseconds. */
const period = z
  .string()
  .regex(/^[1-9]\d*[mhd]$/, 'must be minutes, hours or days: 15m, 1h, 2d')
  .transform((text) => Number(text.slice(0, -1)) * unitSeconds[text.slice(-1) as keyof typeof unitSeconds] * 1_000);

export const logs = stageCommand({
  does: 'prints what a function logged, oldest first',
  usage: '<function> [--since 1h]',
  words: ['function'],
  input: { function: z.enum(functionNames), since: period.prefault('1h') },
  run: async (aws, { function: entry, since }) => {
    const { name } = await functionOf(aws, entry);
    const { LoggingConfig } = await new LambdaClient(aws.client).send(
      new GetFunctionConfigurationCommand({ FunctionName: name }),
    );
    if (!LoggingConfig?.LogGroup) throw new NotDone(`The function “${entry}” has no log group.`);
    const startTime = Date.now() - since;
    let count = 0;
    const pages = paginateFilterLogEvents(
      { client: new CloudWatchLogsClient(aws.client) },
      { logGroupName: LoggingConfig.LogGroup, startTime },
    );
    for await (const { events = [] } of pages)
      for (const { message = '' } of events) {
        console.log(message.trimEnd());
        count += 1;
      }
    return `${count} events of ${entry} since ${new Date(startTime).toISOString()}, in ${LoggingConfig.LogGroup}.`;
  },
});
