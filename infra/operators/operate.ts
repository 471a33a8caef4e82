/** `npm run operate`: every command of operators. */
import { operatorCommand } from '../../shared/operators/operate.ts';
import { openAwsStage } from './aws-stage.ts';
import { prepareStageCommand, stageCommands } from './commands.ts';
import { readArguments, run, type Asked } from './program.ts';
import { renewAll } from './renew-all.ts';
import { explain } from './stage-command.ts';

const usageOfStageCommands = Object.entries(stageCommands)
  .map(([name, { usage, does }]) => `  ${`${name} ${usage}`.trimEnd().padEnd(48)} ${does}`)
  .join('\n');

const usage = `npm run operate -- --stage <stage> <command>

On any stage:
  create_organization --name <name> --manager-email <address> [--idempotency-key <text>]
  invite_manager      --organization-id <id> --email <address> [--idempotency-key <text>]
  resume_sending      --organization-id <id>
  lift_suppression    --organization-id <id> --email <address>
  raise_mail_budget   --organization-id <id> --emails-per-day <number>
  renew_entries       [--organization-id <id>] [--per-second <users>] [--again yes]

On a stage that is deployed to AWS, with credentials of its account:
${usageOfStageCommands}`;

/** Unless the option is given: about 500 of the 1,000 write units per second of a partition. */
const perSecondDefault = '50';

const renewalOf = ({
  perSecond = perSecondDefault,
  organizationId,
  again = 'no',
  ...others
}: Record<string, string>) => {
  const unknown = Object.keys(others);
  if (unknown.length > 0) throw new Error(`renew_entries takes no ${unknown.join(', ')}`);
  if (!(Number(perSecond) > 0)) throw new Error(`--per-second ${perSecond} is not a number above 0.`);
  if (again !== 'yes' && again !== 'no') throw new Error('--again takes yes or no.');
  return { perSecond: Number(perSecond), organizationId, again: again === 'yes' };
};

const read = (): Asked | undefined => {
  const { words, options } = readArguments([
    'stage',
    'name',
    'manager-email',
    'organization-id',
    'email',
    'emails-per-day',
    'idempotency-key',
    'per-second',
    'again',
    ...Object.values(stageCommands).flatMap((each) => each.options),
  ]);
  const { stage, ...given } = options;
  if (!stage || words.length === 0) return undefined;
  const work = prepareStageCommand(words, given);
  if (work) return { work: async () => work(await openAwsStage(stage)) };
  const [word, ...others] = words;
  if (others.length > 0) return undefined;
  if (word === 'renew_entries') {
    const renewal = renewalOf(given);
    return { work: () => renewAll(stage, renewal) };
  }
  const command = operatorCommand.safeParse({ command: word, ...given });
  if (!command.success) throw new Error(explain(command.error));
  return { stage, command: command.data };
};

await run(usage, read);
