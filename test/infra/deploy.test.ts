import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findStage, placeholdersOf } from '../../infra/stages.ts';
import { runCommand } from '../support/program.ts';

/** In place of CDK's program: it says that it was called. */
const bin = mkdtempSync(path.join(tmpdir(), 'roster-cdk-'));
writeFileSync(path.join(bin, 'cdk'), '#!/bin/sh\necho "cdk $*"\n', { mode: 0o755 });
afterAll(() => rmSync(bin, { recursive: true }));

const environment = { PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}` };

const deploy = (...given: string[]) =>
  runCommand(process.execPath, ['infra/operators/deploy.ts', ...given], { environment });

test.each(['dev', 'staging', 'prod'])('as committed %s is not deployed: each placeholder is named', async (stage) => {
  const { code, said, complained } = await deploy('--stage', stage);
  expect({ code, said }).toEqual({ code: 1, said: '' });
  for (const each of placeholdersOf(findStage(stage))) expect(complained).toContain(`\n  ${each}`);
});

test.each([
  ['no stage', [], 'Say which stage'],
  ['the laptop', ['--stage', 'local'], 'runs on a laptop: npm start'],
  ['a stage that there is not', ['--stage', 'x'], 'There is no stage "x"'],
])('%s is not deployed', async (_, given, reason) => {
  const { code, said, complained } = await deploy(...given);
  expect({ code, said }).toEqual({ code: 1, said: '' });
  expect(complained).toContain(reason);
});

test('no stage is assembled with the committed placeholders, and a notice names them for each', async () => {
  const { code, said } = await runCommand(process.execPath, ['infra/operators/assemble.ts'], { environment });
  expect(code).toBe(0);
  expect(said).not.toContain('cdk ');
  for (const stage of ['dev', 'staging', 'prod']) expect(said).toContain(`::notice::The stage ${stage} is left out.`);
});
