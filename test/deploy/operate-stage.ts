import path from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { CanaryResult } from '../../shared/canary/canary-checks.ts';
import { functionNames } from '../../infra/operators/stage-functions.ts';
import type { Deployment } from './cdk.ts';
import type { Emulator } from './ministack.ts';
import { account, root } from './places.ts';
import { run } from './program.ts';
import { expect, step, wrong } from './steps.ts';

/** Runs the commands of operators on the dev stage, as an operator types them. The stage is the same afterwards. */
export const operateStage = async (emulator: Emulator, { outputs }: Deployment): Promise<void> => {
  const { MailEventsDeadLetters: QueueUrl } = outputs['Roster-dev-Api'] ?? {};
  const program = async (name: string, ...words: string[]): Promise<string> => {
    const file = path.join(root, 'infra/operators', name);
    const given = { command: process.execPath, arguments: [file, '--stage', 'dev', ...words] };
    return (await run({ ...given, environment: emulator.environment })).output;
  };
  const operate = (...words: string[]): Promise<string> => program('operate.ts', ...words);

  await step(
    'The first-day proof passes: every function writes, a mail arrives, an alarm is raised and over',
    async () => {
      const said = await program('smoke.ts', '--deep');
      expect(/^The alarm \w+ is raised as a test, .*: yes$/m.test(said), `the last check passes: ${said}`);
    },
  );
  await step('The canary passes as its schedule runs it', () => runScheduledCanary(emulator));

  await step('An operator sees every function of the stage', async () => {
    const [listed] = await emulator.call(['cloudformation', 'ListStackResources', { StackName: 'Roster-dev-Api' }]);
    expect(typeof listed?.NextToken === 'string', 'one page does not list all resources of the main stack');
    const shown = await operate('status');
    expect(shown.includes(`\n${functionNames.length} functions\n`), `all functions are there: ${shown}`);
    expect(!shown.includes('STOPPED'), `nothing is stopped: ${shown}`);
  });
  await step('They stop all of them, so that AWS runs none, and start them again', async () => {
    await operate('stop');
    const reason = await operate('run_worker').catch((error: Error) => error.message);
    expect(reason.includes('TooManyRequestsException'), `the worker does not run: ${reason}`);
    await operate('start');
  });
  await step('They run the worker and read its log', async () => {
    expect((await operate('run_worker')).startsWith('The worker returned {'), 'the worker returns a result');
    expect(/"pieces"/.test(await operate('logs', 'work')), 'the log has the runs');
  });
  await step('They have a dead letter processed again', async () => {
    const event = { source: 'aws.ses', detail: { eventType: 'Send', mail: { messageId: 'nobody’s' } } };
    await emulator.call(['sqs', 'SendMessage', { QueueUrl, MessageBody: JSON.stringify(event) }]);
    const said = await operate('redrive');
    expect(said.includes('Processed all 1 dead letters'), said);
  });
  await step('They stop all mails and start them again', async () => {
    await operate('mail', 'stop');
    expect((await operate('status')).includes(': STOPPED\n'), 'the status shows it');
    await operate('mail', 'start');
  });
  await step('They disable an account and enable it again', async () => {
    await operate('account', 'disable', '--email', 'ben@deployed.example');
    await operate('account', 'enable', '--email', 'ben@deployed.example');
  });
  await step('They restore the table into a second one, and delete that', async () => {
    await operate('restore', 'begin', '--to', `${new Date().toISOString().slice(0, 19)}Z`);
    const reason = await operate('restore', 'copy').catch((error: Error) => error.message);
    expect(reason.includes('functions can still write'), `nothing is copied while functions run: ${reason}`);
    await operate('restore', 'finish');
  });
  await step('They find out what would remain after a teardown', async () => {
    expect(
      /\n {2}table \S+\n {2}user pool \S+/.test(await operate('unprotect')),
      'the table and the user pool are named',
    );
  });
};

/** Invokes the canary with the events of its rules. On AWS they would be due within five minutes and within an hour. */
const runScheduledCanary = async ({ call, endpoint }: Emulator): Promise<void> => {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const lambda = new LambdaClient({ endpoint, region: account.region, credentials });
  const [listed] = await call(['events', 'ListRules']);
  const { Rules } = listed as { Rules: { Name: string; ScheduleExpression?: string }[] };
  const schedules = Rules.filter(({ ScheduleExpression = '' }) => ScheduleExpression.startsWith('cron('));
  expect(schedules.length === 2, `two rules run the canary, and not ${JSON.stringify(Rules)}`);
  for (const { Name } of schedules) {
    const [found] = await call(['events', 'ListTargetsByRule', { Rule: Name }]);
    const { Targets } = found as { Targets: { Arn: string; Input: string }[] };
    for (const { Arn, Input } of Targets) {
      const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: Arn, Payload: Input }));
      const said = Buffer.from(Payload ?? []).toString();
      const { checks = wrong(`The canary failed: ${said}`) } = JSON.parse(said) as Partial<CanaryResult>;
      const failed = checks.filter(({ failure }) => failure !== undefined);
      expect(failed.length === 0, `all ${checks.length} checks pass, but: ${JSON.stringify(failed)}`);
    }
  }
};
