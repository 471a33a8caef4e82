import { spawnSync } from 'node:child_process';
import { findStage, placeholdersOf } from '../stages.ts';

/** `npm run deploy -- --stage prod [what cdk deploy takes]`: all stacks of a stage, once nothing in its settings is a placeholder. */
const deploy = ([flag, name, ...more]: string[]): number => {
  if (flag !== '--stage') throw new Error('Say which stage: npm run deploy -- --stage dev');
  const stage = findStage(name);
  if (stage.name === 'local') throw new Error('The stage "local" runs on a laptop: npm start');
  const placeholders = placeholdersOf(stage);
  if (placeholders.length > 0)
    throw new Error([`Stage "${stage.name}" in infra/stages.ts still has placeholders:`, ...placeholders].join('\n  '));
  const command = ['deploy', '--all', '--context', `stage=${stage.name}`, ...more];
  return spawnSync('cdk', command, { stdio: 'inherit' }).status ?? 1;
};

try {
  process.exitCode = deploy(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
