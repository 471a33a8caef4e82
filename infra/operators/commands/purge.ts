import { PurgeQueueCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { countSettlesSeconds, deadLetterQueues, openDeadLetters } from '../dead-letters.ts';
import { NotDone } from '../not-done.ts';
import { stageCommand } from '../stage-command.ts';

export const purge = stageCommand({
  does: 'deletes the dead letters of a queue for good',
  usage: `<${deadLetterQueues.join(' | ')}>`,
  words: ['queue'],
  input: { queue: z.enum(deadLetterQueues) },
  run: async (aws, { queue }) => {
    const { sqs, url, count } = await openDeadLetters(aws, queue);
    const before = await count();
    if (before === 0) return `The queue ${queue} has no dead letters.`;
    await sqs.send(new PurgeQueueCommand({ QueueUrl: url }));
    await aws.wait(countSettlesSeconds);
    const left = await count();
    if (left > 0) throw new NotDone(`Of ${before} dead letters of ${queue}, ${left} remain or arrived since.`);
    return `Deleted ${before} dead letters of ${queue}.`;
  },
});
