import { setConcurrency } from '../set-concurrency.ts';
import { stackNames } from '../aws-stage.ts';
import { stageCommand } from '../stage-command.ts';

export const start = stageCommand({
  does: 'undoes stop: each function gets the concurrency of its deployed template',
  run: async (aws) => {
    const templates = Object.fromEntries(
      await Promise.all(stackNames.map(async (stack) => [stack, await aws.properties(stack)] as const)),
    );
    const kept: string[] = [];
    const count = await setConcurrency(aws, ({ entry, stack, logicalId }) => {
      const reserved = templates[stack]?.[logicalId]?.ReservedConcurrentExecutions;
      if (typeof reserved !== 'number') return undefined;
      kept.push(`${entry} ${reserved}`);
      return reserved;
    });
    return `Started all ${count} functions of ${aws.stage.name}. Reserved concurrency: ${kept.join(', ') || 'none'}.`;
  },
});
