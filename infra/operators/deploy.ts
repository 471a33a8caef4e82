import { spawnSync } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { findStage, placeholdersOf, type Stage } from '../stages.ts';
import { deployMail } from './deploy-mail.ts';
import { quotasToRaise, readQuotas } from './quotas.ts';

/**
 * `npm run deploy -- --stage prod [arguments of cdk deploy]`: deploys all stacks of a stage, unless its settings have placeholders.
 */
const deploy = async ([flag, name, ...more]: string[]): Promise<number> => {
  if (flag !== '--stage') throw new Error('Say which stage: npm run deploy -- --stage dev');
  const stage = findStage(name);
  if (stage.name === 'local') throw new Error('The stage "local" runs on a laptop: npm start');
  const placeholders = placeholdersOf(stage);
  if (placeholders.length > 0)
    throw new Error([`Stage "${stage.name}" in infra/stages.ts still has placeholders:`, ...placeholders].join('\n  '));
  for (const sentence of await quotaWarnings(stage)) console.warn(`Quota: ${sentence}`);
  if (stage.accountMails === 'ses' && stage.mailDomain) {
    const exitCode = await deployMail(stage.mailDomain, {
      ses: new SESv2Client({ ...(stage.region && { region: stage.region }) }),
      deploy: () => cdkDeploy(stage, ['--exclusively', `Roster-${stage.name}-Mail`, ...more]),
      wait: (seconds) => setTimeout(seconds * 1_000),
    });
    if (exitCode !== 0) return exitCode;
  }
  return cdkDeploy(stage, ['--all', ...more]);
};

const cdkDeploy = (stage: Stage, more: string[]): number =>
  spawnSync('cdk', ['deploy', '--context', `stage=${stage.name}`, ...more], { stdio: 'inherit' }).status ?? 1;

/** Low quotas do not prevent a deployment, because they can be raised afterwards. */
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
