/**
 * `npm run bootstrap`: creates an organization and the invite of its first manager. Repeating it within a day has no further
 * effect.
 */
import { readArguments, run } from './program.ts';

const usage = `npm run bootstrap -- --stage <stage> --organization <name> --email <first manager's address> [--idempotency-key <text>]

Makes an organization and invites its first manager. Repeated within 24 hours it makes no second one; another
--idempotency-key does. Should the invite expire: npm run operate -- --stage <stage> invite_manager --organization-id <id> --email <address>`;

await run(usage, () => {
  const { words, options } = readArguments(['stage', 'organization', 'email', 'idempotency-key']);
  const { stage, organization, email, idempotencyKey } = options;
  if (!stage || !organization || !email || words.length > 0) return undefined;
  return {
    stage,
    command: {
      command: 'create_organization',
      name: organization,
      managerEmail: email,
      idempotencyKey: idempotencyKey ?? `bootstrap ${JSON.stringify([organization, email])}`,
    },
  };
});
