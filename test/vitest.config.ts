import path from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: path.resolve(import.meta.dirname, '..'),
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // What a process has loaded, compiled and warmed up serves all its files: they share nothing but tenants' walls do not part.
    isolate: false,
    // CommonJS packages look here as they do to Node.
    deps: { interopDefault: false },
    taskTitleValueFormatTruncate: 0,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    expect: { poll: { timeout: 10_000 } },
    reporters: process.env.CI ? ['default', ['json', { outputFile: '.local/test-report.json' }]] : ['default'],
  },
});
