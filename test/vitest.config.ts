import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { patience } from '../infra/local/patience.ts';

const json = (outputFile: string): ['json', { outputFile: string }] => ['json', { outputFile }];

/**
 * Tests of every fault, order of events, invalid input and random history, of console screens that resemble one in the main tests,
 * of orders of deployment, and of the README's tour. They take minutes, and rarely fail when the main tests pass.
 */
const exhaustive = [
  'test/exhaustive/**/*.test.ts',
  'test/faults/**/*.test.ts',
  'test/guards/**/*.test.ts',
  'test/model/**/*.test.ts',
  'test/api/accounts.test.ts',
  'test/api/bad-input.test.ts',
  'test/api/batch-invites.test.ts',
  'test/api/bootstrap.test.ts',
  'test/api/bulk-parts.test.ts',
  'test/api/chains.test.ts',
  'test/api/matrix-cells.test.ts',
  'test/api/newer-version.test.ts',
  'test/api/operators.test.ts',
  'test/api/removed-user.test.ts',
  'test/api/renew-entries.test.ts',
  'test/api/request-new-invite.test.ts',
  'test/api/restore-user.test.ts',
  'test/api/stored-user-ids.test.ts',
  'test/api/suppression.test.ts',
  'test/api/thousand-invites.test.ts',
  'test/api/unknown-attributes.test.ts',
  'test/bench/**/*.test.ts',
  'test/browser/dead-links.test.ts',
  'test/clients/**/*.test.ts',
  'test/domain/permission-oracle.test.ts',
  'test/infra/deployment-order.test.ts',
  'test/infra/local-start.test.ts',
  'test/infra/runs.test.ts',
  'test/infra/stage-commands.test.ts',
];

/** Tests that need Python with pip: of the Python client, and of the OpenAPI document by tools that are written in Python. */
const python = 'test/python/**/*.test.ts';

export default defineConfig({
  root: path.resolve(import.meta.dirname, '..'),
  test: {
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // All test files of a process share its loaded and compiled modules and its warm functions. Their data is separated by tenant.
    isolate: false,
    // CommonJS packages are imported as in Node.
    deps: { interopDefault: false },
    taskTitleValueFormatTruncate: 0,
    testTimeout: patience.test,
    hookTimeout: patience.hook,
    teardownTimeout: patience.hook,
    expect: { poll: { timeout: patience.poll } },
    reporters: process.env.CI ? ['default', json(process.env.TEST_REPORT ?? '.local/test-report.json')] : ['default'],
    projects: [
      { extends: true, test: { name: 'main', include: ['test/**/*.test.ts'], exclude: [...exhaustive, python] } },
      { extends: true, test: { name: 'exhaustive', include: exhaustive } },
      { extends: true, test: { name: 'python', include: [python] } },
    ],
  },
});
