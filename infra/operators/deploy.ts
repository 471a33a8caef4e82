import { spawnSync } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { findStage, placeholdersOf, type Stage } from '../stages.ts';
import { checkMilliseconds, identityState, untilVerified } from './mail-identity.ts';
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
  if (stage.accountMails === 'ses' && stage.mailDomain) {
    const status = await deployMail(stage, stage.mailDomain, more);
    if (status !== 0) return status;
  }
  return cdkDeploy(stage, ['--all', ...more]);
};

const cdkDeploy = (stage: Stage, more: string[]): number =>
  spawnSync('cdk', ['deploy', '--context', `stage=${stage.name}`, ...more], { stdio: 'inherit' }).status ?? 1;

/**
 * Cognito accepts a domain only after SES has verified it. Therefore the first deployment of a stage deploys the stack Mail alone
 * and waits for the domain's DNS records. Without a hosted zone a person has to create them, so it says which and stops.
 */
const deployMail = async (
  stage: Stage,
  { name, hostedZone }: NonNullable<Stage['mailDomain']>,
  more: string[],
): Promise<number> => {
  const ses = new SESv2Client({ ...(stage.region && { region: stage.region }) });
  if ((await identityState(ses, name)) === 'verified') return 0;
  const status = cdkDeploy(stage, ['--exclusively', `Roster-${stage.name}-Mail`, ...more]);
  if (status !== 0) return status;
  if ((await identityState(ses, name)) === 'verified') return 0;
  if (hostedZone) {
    console.log(`Waiting for SES to verify ${name}, up to ten minutes.`);
    if (await untilVerified(ses, name, () => setTimeout(checkMilliseconds))) return 0;
  }
  console.error(
    `SES has not verified ${name} yet. ${hostedZone ? 'Check that the domain uses the hosted zone' : 'Create the DNS records that the stack Mail printed'}, and repeat this command: it continues from here.`,
  );
  return 1;
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
