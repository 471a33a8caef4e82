import path from 'node:path';
import { functionNames } from '../../infra/operators/stage-functions.ts';
import type { Deployment } from './cdk.ts';
import type { Emulator } from './ministack.ts';
import { root } from './places.ts';
import { run } from './program.ts';
import { expect, step } from './steps.ts';

/** Runs the commands of operators on the dev stage, as an operator types them. The stage is the same afterwards. */
export const operateStage = async (emulator: Emulator, { outputs }: Deployment): Promise<void> => {
  const { MailEventsDeadLetters: QueueUrl } = outputs['Roster-dev-Api'] ?? {};
  const operate = async (...words: string[]): Promise<string> => {
    const program = path.join(root, 'infra/operators/operate.ts');
    const given = { command: process.execPath, arguments: [program, '--stage', 'dev', ...words] };
    return (await run({ ...given, environment: emulator.environment })).output;
  };

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
