import { functionTimeoutSeconds } from '../../../shared/limits.ts';
import { setConcurrency } from '../set-concurrency.ts';
import { stageCommand } from '../stage-command.ts';

export const stop = stageCommand({
  does: 'stops every function: each gets a reserved concurrency of 0',
  run: async (aws) => {
    const count = await setConcurrency(aws, () => 0);
    const seconds = Math.max(...Object.values(functionTimeoutSeconds));
    return `Stopped all ${count} functions of ${aws.stage.name}. Invocations that have begun may run for ${seconds} more seconds.`;
  },
});
