/**
 * `npm run check:openapi` checks the OpenAPI document with Spectral, Redocly and openapi-spec-validator. Warnings also fail the check.
 * Spectral and Redocly take 83 MB, so they are not development dependencies but are fetched from npm here; the validator comes from
 * pip. A checker that cannot be installed is skipped with a message.
 */
import path from 'node:path';
import { openApiFile } from '../support/write-openapi.ts';
import { run } from './program.ts';
import { expect, say } from './steps.ts';
import { openVirtualEnvironment } from './virtual-environment.ts';

const environment = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };

/** Runs a program from an npm package, at exactly this version. */
const runPackage = (packageName: string, ...parameters: string[]) =>
  run({ command: 'npx', arguments: ['--yes', packageName, ...parameters], environment });

interface Checker {
  name: string;
  /** Throws if the checker cannot be installed. Returns the check, which throws if it finds an error in the document. */
  install: () => Promise<() => Promise<void>>;
}

const checkers: Checker[] = [
  {
    name: 'Spectral',
    install: async () => {
      const spectral = '@stoplight/spectral-cli@6.16.3';
      await runPackage(spectral, '--version');
      const ruleset = path.join(import.meta.dirname, 'spectral.json');
      return async () => {
        await runPackage(spectral, 'lint', openApiFile, '--ruleset', ruleset, '--fail-severity', 'hint');
      };
    },
  },
  {
    name: 'Redocly',
    install: async () => {
      const redocly = '@redocly/cli@2.77.0';
      await runPackage(redocly, '--version');
      return async () => {
        const { output } = await runPackage(redocly, 'lint', openApiFile, '--format', 'json');
        const { totals } = JSON.parse(output) as { totals: { errors: number; warnings: number } };
        expect(totals.errors + totals.warnings === 0, `Redocly finds nothing in the document:\n${output}`);
      };
    },
  },
  {
    name: 'openapi-spec-validator',
    install: async () => {
      const python = await openVirtualEnvironment({ name: 'openapi-checkers', requirements: 'openapi-checkers.txt' });
      return async () => {
        await run({ command: python, arguments: ['-m', 'openapi_spec_validator', openApiFile] });
      };
    },
  },
];

for (const { name, install } of checkers) {
  const check = await install().catch((error: unknown) => {
    say(`SKIPPED: ${name}, because it could not be installed.\n${String(error)}`);
  });
  if (!check) continue;
  await check();
  say(`${name} reports nothing.`);
}
