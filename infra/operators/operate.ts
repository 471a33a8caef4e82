/** `npm run operate`: any command of operators. */
import { operatorCommand } from '../../shared/operators/operate.ts';
import { readArguments, run } from './program.ts';
import { renewAll } from './renew-all.ts';

const usage = `npm run operate -- --stage <stage> <command>

  create_organization --name <name> --manager-email <address> [--idempotency-key <text>]
  invite_manager      --organization-id <id> --email <address> [--idempotency-key <text>]
  resume_sending      --organization-id <id>
  lift_suppression    --organization-id <id> --email <address>
  renew_entries       [--organization-id <id>] [--per-second <users>] [--again yes]`;

/** Unless told otherwise: about 500 of the 1,000 write units that a partition takes per second. */
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

await run(usage, () => {
  const { words, options } = readArguments([
    'stage',
    'name',
    'manager-email',
    'organization-id',
    'email',
    'idempotency-key',
    'per-second',
    'again',
  ]);
  const { stage, ...rest } = options;
  const [word, ...others] = words;
  if (!stage || !word || others.length > 0) return undefined;
  if (word === 'renew_entries') {
    const renewal = renewalOf(rest);
    return { work: () => renewAll(stage, renewal) };
  }
  const command = operatorCommand.safeParse({ command: word, ...rest });
  if (!command.success)
    throw new Error(command.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
  return { stage, command: command.data };
});
