/**
 * `npm run check:templates` has the templates of all stages checked by cfn-lint, AWS's cloudformation-validate, and the rules of
 * cdk-preflight. All three come from pip. Without it, the check is skipped with a message.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { cdkContext } from '../../infra/cdk-context.ts';
import { bundleFunctions } from '../../infra/constructs/bundle.ts';
import { useScratchFolder } from '../../infra/local/scratch-folder.ts';
import { addRoster } from '../../infra/roster.ts';
import { findStage, stages } from '../../infra/stages.ts';
import { account } from './places.ts';
import { say } from './steps.ts';
import { openVirtualEnvironment } from './virtual-environment.ts';

interface SynthesizedTemplate {
  path: string;
  region: string;
}

/** Synthesizes every stage. A stage that leaves its region open is checked for the region of the emulator. */
const synthesizeAll = async (directory: string): Promise<SynthesizedTemplate[]> => {
  const bundles = path.join(directory, 'bundles');
  await bundleFunctions(bundles);
  // CDK's own check runs with `npm run synth`.
  process.env.CDK_VALIDATION = 'false';
  return Object.keys(stages).flatMap((name) => {
    const app = new App({ context: cdkContext, outdir: path.join(directory, name), analyticsReporting: false });
    addRoster(app, findStage(name), bundles);
    return app.synth().stacks.map(({ templateFullPath, environment: { region } }) => ({
      path: templateFullPath,
      region: region === 'unknown-region' ? account.region : region,
    }));
  });
};

const check = async (): Promise<void> => {
  let python: string;
  try {
    python = await openVirtualEnvironment({
      name: 'checkers',
      requirements: 'checkers.txt',
      // cdk-preflight asks for CDK for Python, of which its rules make no use.
      pipOptions: ['--no-deps'],
    });
  } catch (error) {
    say(`SKIPPED: the templates are not checked, because pip could not install the checkers.\n${String(error)}`);
    return;
  }
  const { status } = spawnSync(python, [path.join(import.meta.dirname, 'check_templates.py')], {
    input: JSON.stringify(await synthesizeAll(useScratchFolder())),
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  process.exitCode = status ?? 1;
};

await check();
