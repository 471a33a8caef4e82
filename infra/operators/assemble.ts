/**
 * `npm run assemble`: synthesizes each stage whose settings are complete into `cdk.out/<stage>`, which `npm run deploy -- --stage
 * <stage> --app cdk.out/<stage>` deploys. The delivery workflow runs it once, so that each stage gets what was tested in the
 * previous one. Lists the stages in the output `stages` of a GitHub job, and prints which were left out and why.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { findStage, placeholdersOf, stages } from '../stages.ts';

const names = Object.keys(stages).filter((name) => name !== 'local');
const placeholders = new Map(names.map((name) => [name, placeholdersOf(findStage(name))]));
const configured = names.filter((name) => placeholders.get(name)?.length === 0);

for (const [name, left] of placeholders)
  if (left.length > 0) console.log(`::notice::The stage ${name} is left out. infra/stages.ts has: ${left.join(', ')}`);

for (const name of configured) {
  const options = ['synth', '--quiet', '--context', `stage=${name}`, '--output', `cdk.out/${name}`];
  const { status } = spawnSync('cdk', options, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  console.log(`cdk.out/${name}`);
}
const { GITHUB_OUTPUT: output } = process.env;
if (output) appendFileSync(output, `stages=${JSON.stringify(configured)}\n`);
