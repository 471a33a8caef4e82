import { spawnSync } from 'node:child_process';
import { findStage, placeholdersOf, type Stage } from '../stages.ts';
import { quotasToRaise, readQuotas } from './quotas.ts';

/** `npm run deploy -- --stage prod [what cdk deploy takes]`: all stacks of a stage, once nothing in its settings is a placeholder. */
const deploy = async ([flag, name, ...more]: string[]): Promise<number> => {
  if (flag !== '--stage') throw new Error('Say which stage: npm run deploy -- --stage dev');
  const stage = findStage(name);
  if (stage.name === 'local') throw new Error('The stage "local" runs on a laptop: npm start');
  const placeholders = placeholdersOf(stage);
  if (placeholders.length > 0)
    throw new Error([`Stage "${stage.name}" in infra/stages.ts still has placeholders:`, ...placeholders].join('\n  '));
  for (const sentence of await quotaWarnings(stage)) console.warn(`Quota: ${sentence}`);
  const command = ['deploy', '--all', '--context', `stage=${stage.name}`, ...more];
  return spawnSync('cdk', command, { stdio: 'inherit' }).status ?? 1;
};

/** A quota that is too low stops nobody from deploying: it may be raised afterwards. */
const quotaWarnings = async (stage: Stage): Promise<string[]> => {
  try {
    return quotasToRaise(stage, await readQuotas(stage));
  } catch (error) {
    return [`The account's quotas could not be read (${error instanceof Error ? error.message : String(error)}).`];
  }
};

try {
  process.exitCode = await deploy(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
