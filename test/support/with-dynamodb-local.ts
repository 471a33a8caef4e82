/** `npm run test:dynamodb-local`: what touches the table, on Amazon's DynamoDB Local (Java 17 or newer). */
import { spawnSync } from 'node:child_process';

const { status } = spawnSync(
  'vitest',
  ['run', '--config', 'test/vitest.config.ts', 'test/api', 'test/faults', ...process.argv.slice(2)],
  { stdio: 'inherit', env: { ...process.env, DYNAMODB_ENGINE: 'dynamodb-local' }, shell: process.platform === 'win32' },
);
process.exit(status ?? 1);
