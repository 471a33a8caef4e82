/** `npm run operate`: any command of operators. */
import { operatorCommand } from '../../shared/operators/operate.ts';
import { readArguments, run } from './program.ts';

const usage = `npm run operate -- --stage <stage> <command>

  create_organization --name <name> --manager-email <address> [--idempotency-key <text>]
  invite_manager      --organization-id <id> --email <address> [--idempotency-key <text>]
  resume_sending      --organization-id <id>
  lift_suppression    --organization-id <id> --email <address>`;

await run(usage, () => {
  const { words, options } = readArguments([
    'stage',
    'name',
    'manager-email',
    'organization-id',
    'email',
    'idempotency-key',
  ]);
  const { stage, ...rest } = options;
  const [word, ...others] = words;
  if (!stage || !word || others.length > 0) return undefined;
  const command = operatorCommand.safeParse({ command: word, ...rest });
  if (!command.success)
    throw new Error(command.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
  return { stage, command: command.data };
});
