import { GetEventSourceMappingCommand, LambdaClient, UpdateEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import type { AwsStage } from '../aws-stage.ts';
import { countSettlesSeconds, openDeadLetters } from '../dead-letters.ts';
import { eventSourcesOf } from '../event-sources.ts';
import { NotDone } from '../not-done.ts';
import { stageCommand } from '../stage-command.ts';

/** Seconds between two looks at the queue or at the mapping. */
const pollSeconds = 5;

export const redrive = stageCommand({
  does: 'has recordDelivery process the dead letters of mail events again',
  run: async (aws) => {
    const queue = await openDeadLetters(aws, 'mail_events');
    const before = await queue.count();
    if (before === 0) return 'The queue mail_events has no dead letters.';
    const mapping = await openMapping(aws, queue.arn);
    // A message that the function failed at becomes visible again after the visibility timeout. By then, every one was tried.
    const patience = queue.visibilitySeconds + countSettlesSeconds;
    let left = before;
    try {
      await mapping.become('Enabled');
      for (let idle = 0; left > 0 && idle < patience;) {
        await aws.wait(pollSeconds);
        const now = await queue.count();
        idle = now < left ? 0 : idle + pollSeconds;
        left = now;
      }
    } finally {
      await mapping.become('Disabled');
    }
    if (left > 0)
      throw new NotDone(
        `Of ${before} dead letters of mail events, ${left} remain: recordDelivery failed at them, and its log says why. Repeat the command once the cause is fixed.`,
      );
    return `Processed all ${before} dead letters of mail events.`;
  },
});

/** The event source mapping from the dead letters to the function. It is disabled except while dead letters are redriven. */
const openMapping = async (aws: AwsStage, queueArn: string) => {
  const lambda = new LambdaClient(aws.client);
  const found = (await eventSourcesOf(aws)).filter(({ EventSourceArn }) => EventSourceArn === queueArn);
  const [{ UUID } = {}] = found;
  if (UUID === undefined || found.length > 1)
    throw new NotDone(`There should be one event source mapping from the dead letters, but there are ${found.length}.`);
  const state = async () => (await lambda.send(new GetEventSourceMappingCommand({ UUID }))).State;
  return {
    become: async (wanted: 'Enabled' | 'Disabled'): Promise<void> => {
      await settled(aws, state);
      await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: wanted === 'Enabled' }));
      const reached = await settled(aws, state);
      if (reached !== wanted)
        throw new NotDone(`The event source mapping ${UUID} is ${reached} and should be ${wanted}.`);
    },
  };
};

/** The longest that Lambda may take to change a mapping before the command gives up. Seconds. */
const changeSecondsMax = 300;

/** Waits until the mapping is in a state in which Lambda accepts updates: it refuses them while a mapping changes. */
const settled = async (aws: AwsStage, state: () => Promise<string | undefined>): Promise<string> => {
  for (let waited = 0; waited <= changeSecondsMax; waited += pollSeconds) {
    const now = (await state()) ?? '';
    if (now === 'Enabled' || now === 'Disabled') return now;
    await aws.wait(pollSeconds);
  }
  return (await state()) ?? '';
};
