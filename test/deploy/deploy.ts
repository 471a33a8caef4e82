/**
 * `npm run test:deploy` deploys the dev stage with the CDK CLI, runs the main job against it, deploys it again and destroys
 * it. Then it deploys an earlier commit, upgrades it to this version and rolls back, and expects that each version can use the
 * data that the other has stored. MiniStack emulates AWS on this machine and needs Python 3.10. `-- --from <commit>` selects the
 * earlier commit. The first failure ends the run with exit code 1.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { notEmulated } from '../../infra/constructs/not-emulated.ts';
import { cdkOf, type Cdk } from './cdk.ts';
import { requireNothingLost } from './change-sets.ts';
import { findDeployed } from './deployed.ts';
import { checkOutEarlier, type Earlier } from './earlier.ts';
import { functionErrors } from './function-errors.ts';
import { takeInventory } from './inventory.ts';
import { doMainJob } from './main-job.ts';
import { checkNextVersion } from './removed-function.ts';
import { root } from './places.ts';
import { startEmulator, type Emulator } from './ministack.ts';
import { operateStage } from './operate-stage.ts';
import { checkEdge } from './prod.ts';
import { expect, say, step, Wrong } from './steps.ts';
import { checkStored, storeOneOfEach } from './upgrade.ts';
import { openVirtualEnvironment } from './virtual-environment.ts';

const testDeployment = async (emulator: Emulator, from: string | undefined): Promise<void> => {
  const cdk = cdkOf(emulator);
  await step('Bootstrap the account for CDK', cdk.bootstrap);
  const empty = await takeInventory(emulator);
  await testThisVersion(emulator, cdk);
  await testNextVersion(emulator, cdk);
  await takeDown(emulator, cdk, empty);

  const earlier = await checkOutEarlier(emulator.directory, from);
  if (typeof earlier === 'string') say(`    The upgrade and the rollback are left out: ${earlier}.`);
  else {
    await testUpgradeAndRollback(emulator, cdk, earlier);
    await takeDown(emulator, cdk, empty);
  }
  await testProd(emulator, cdk);
};

const testThisVersion = async (emulator: Emulator, cdk: Cdk): Promise<void> => {
  const deployment = await step('Deploy the dev stage', () => cdk.deploy());
  await doMainJob(await findDeployed(emulator, deployment));
  await operateStage(emulator, deployment);
  await step('Deploy it again: nothing changes', async () => {
    const { outputs, unchanged } = await cdk.deploy();
    const stacks = Object.keys(deployment.outputs);
    expect(JSON.stringify(outputs) === JSON.stringify(deployment.outputs), 'the outputs are the same');
    expect(
      stacks.every((stack) => unchanged.includes(stack)),
      `of ${stacks.join(', ')} none has changes`,
    );
  });
};

/** Deploys a version in which one function is removed and another renamed. Alarms must not prevent that. */
const testNextVersion = async (emulator: Emulator, cdk: Cdk): Promise<void> => {
  const app = `${process.execPath} ${path.join(root, 'test/deploy/next-version.ts')}`;
  const next = await step('Deploy a version with a removed and a renamed function', async () =>
    findDeployed(emulator, await cdk.deploy({ app })),
  );
  await step('The removed function is gone, the renamed one answers', () => checkNextVersion(next));
};

const testUpgradeAndRollback = async (emulator: Emulator, cdk: Cdk, { name, directory }: Earlier) => {
  const deploy = async (from?: string) => findDeployed(emulator, await cdk.deploy(from ? { directory: from } : {}));

  const earlier = await step(`Deploy the earlier commit ${name}`, () => deploy(directory));
  const older = await step('Store one of each kind through its API', () => storeOneOfEach(earlier, 'older.example'));
  if (await importsFunctions(emulator))
    await step('Delete its alarms, as the runbook says of versions whose alarms import functions', async () => {
      await emulator.call(['cloudformation', 'DeleteStack', { StackName: observability }]);
    });
  const upgraded = await step('Deploy this version over it', () => deploy());
  await step('Read the change sets of the upgrade', () => requireNothingLost(emulator));
  await checkStored(upgraded, older, 'upgrade');

  const newer = await step('Store one of each kind through the API of this version', () =>
    storeOneOfEach(upgraded, 'newer.example'),
  );
  const rolledBack = await step('Deploy the earlier commit over it, as a rollback does', () => deploy(directory));
  await checkStored(rolledBack, newer, 'rollback');
};

const observability = 'Roster-dev-Observability';

/** Whether the deployed alarms import what the stack Api exports, so that AWS would refuse to remove those exports. */
const importsFunctions = async ({ call }: Emulator): Promise<boolean> => {
  const [answer] = await call(['cloudformation', 'GetTemplate', { StackName: observability }]);
  return JSON.stringify(answer).includes('Roster-dev-Api:ExportsOutputRefwork');
};

/** A stage that keeps its data cannot be destroyed, so it is deployed last. */
const testProd = async (emulator: Emulator, cdk: Cdk): Promise<void> => {
  const deployment = await step('Deploy the prod stage, in two regions', () => cdk.deploy({ stage: 'prod' }));
  await step('CloudFront reaches its API, and nobody else does', () => checkEdge(emulator, deployment));
};

const takeDown = async (emulator: Emulator, cdk: Cdk, empty: string[]): Promise<void> => {
  await step('Destroy the stage: nothing is left', async () => {
    // A function that is still processing the event of a mail would create its log group again.
    await emulator.quiet();
    await cdk.destroy();
    const left = (await takeInventory(emulator)).filter((each) => !empty.includes(each));
    expect(left.length === 0, `nothing is left, but there are: ${left.join(', ')}`);
  });
};

const readArguments = (): string | undefined => {
  const { values } = parseArgs({ options: { from: { type: 'string' } } });
  return values.from;
};

/** Prints the last errors of the functions and the last output of the emulator, which show the cause of a failure. */
const explain = async (emulator: Emulator): Promise<void> => {
  const errors = await functionErrors(emulator).catch(() => []);
  if (errors.length > 0) say(`\nWhat functions logged last of their faults:\n${errors.slice(-10).join('\n')}`);
  say(`\nThe emulator’s last words; all of them, and CDK’s, are in .local:\n${await emulator.lastWords()}`);
};

const main = async (): Promise<void> => {
  const from = readArguments();
  say('Left out, since the emulator cannot make it:');
  for (const { what, reason } of notEmulated) say(`    ${what}: ${reason}`);
  const begun = performance.now();
  const python = await step('Install MiniStack, or find it installed', () =>
    openVirtualEnvironment({ name: 'ministack', requirements: 'requirements.txt' }),
  );
  const emulator = await step('Start it', () => startEmulator(python));
  // Handled each time: npm passes on a signal that the terminal has sent already, and the second would end this program at once.
  process.on('SIGINT', () => void emulator.stop().then(() => process.exit(130)));
  process.on('SIGTERM', () => void emulator.stop().then(() => process.exit(143)));
  try {
    await testDeployment(emulator, from);
    say(`All as it should be, in ${((performance.now() - begun) / 1000).toFixed(0)} s.`);
  } catch (error) {
    say(error instanceof Wrong ? error.message : String(error instanceof Error ? error.stack : error));
    await explain(emulator);
    process.exitCode = 1;
  } finally {
    await emulator.stop();
  }
};

await main();
