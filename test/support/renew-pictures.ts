/** `npm run pictures`: takes the README's pictures again, and prints which of them changed. */
import { spawnSync } from 'node:child_process';

const { status } = spawnSync(
  'vitest',
  ['run', '--config', 'test/vitest.config.ts', '--project', 'exhaustive', 'test/exhaustive/console/pictures.test.ts'],
  { stdio: 'inherit', env: { ...process.env, PICTURES: 'renew' }, shell: process.platform === 'win32' },
);
process.exit(status ?? 1);
