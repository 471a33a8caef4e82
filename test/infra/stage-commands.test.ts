import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { functionEntries } from '../../infra/constructs/bundle.ts';
import { openAwsStage } from '../../infra/operators/aws-stage.ts';
import { prepareStageCommand, stageCommands } from '../../infra/operators/commands.ts';
import { NotDone } from '../../infra/operators/not-done.ts';
import { startAwsDouble, type AwsDouble } from '../support/aws-double.ts';
import { runCommand } from '../support/program.ts';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const all = Object.keys(functionEntries);

let aws: AwsDouble;
let fresh: AwsDouble['state'];
/** The seconds that commands waited, without anybody waiting. */
let waited: number[];

beforeAll(async () => {
  aws = await startAwsDouble({ stage: { workerConcurrency: 5 } });
  fresh = structuredClone(aws.state);
});

beforeEach(() => {
  Object.assign(aws.state, structuredClone(fresh));
  aws.calls.length = 0;
  waited = [];
});

afterAll(() => aws.stop());

/** Runs a command on the stage prod. */
const operate = async (words: string, options: Record<string, string> = {}): Promise<string> => {
  const run = prepareStageCommand(words.split(' '), options);
  if (!run) throw new Error(`There is no command “${words}”.`);
  const wait = async (seconds: number) => void waited.push(seconds);
  return run(await openAwsStage('prod', { client: { endpoint: aws.endpoint, credentials }, wait }));
};

const called = (operation: string) =>
  aws.calls.filter((call) => call.operation === operation).map(({ input }) => input);

const queueUrl = (name: 'MailEvents' | 'Work'): string => {
  const queue = { MailEvents: /^prod-Api-MailEventsDeadLetters/, Work: /^prod-Api-WorkTriggersDeadLetters/ }[name];
  return Object.keys(aws.state.queues).find((url) => queue.test(url)) ?? '';
};

/** Fills a queue of dead letters. The double learns the URLs of the queues from the first look at them. */
const fill = async (name: 'MailEvents' | 'Work', queue: { messages: number; failing: number }): Promise<void> => {
  await operate('status');
  aws.state.queues[queueUrl(name)] = queue;
  aws.calls.length = 0;
};

describe('the functions of a stage', () => {
  // CloudFormation API Reference, DescribeStackResources: "Only the first 100 resources will be returned. If your stack has
  // more resources than this, you should use ListStackResources instead."
  test('are all found in a stack with more resources than CloudFormation lists at a time', async () => {
    await operate('stop');
    const pages = called('ListStackResources').filter(({ StackName }) => StackName === 'Roster-prod-Api');
    expect(pages.slice(0, 2).map(({ NextToken }) => NextToken)).toEqual([undefined, '100']);
    expect(aws.state.concurrency.size).toBe(all.length);
  });

  // Lambda API Reference, PutFunctionConcurrency: "Concurrency settings apply to the function as a whole, including all
  // published versions and the unpublished version." Aliases of functions are stopped, too.
  test('are all stopped, and all started with the concurrency of the deployed template', async () => {
    expect(await operate('stop')).toContain(`Stopped all ${all.length} functions of prod.`);
    expect([...aws.state.concurrency.keys()].toSorted()).toEqual(Object.values(aws.functionNames).toSorted());
    expect(new Set(aws.state.concurrency.values())).toEqual(new Set([0]));
    expect(await operate('start')).toBe(`Started all ${all.length} functions of prod. Reserved concurrency: work 5.`);
    expect([...aws.state.concurrency]).toEqual([[aws.functionNames.work, 5]]);
  });

  test('are stopped as far as possible, and the command fails, if AWS refuses one', async () => {
    aws.state.refused.add(aws.functionNames.work ?? '');
    await expect(operate('stop')).rejects.toThrow(
      new NotDone(`1 of ${all.length} functions of prod are not set:\n  work: AccessDeniedException: You may not.`),
    );
    expect(aws.state.concurrency.size).toBe(all.length - 1);
  });

  test('are left alone if one is missing from the stack', async () => {
    const incomplete = await startAwsDouble({ without: 'accept' });
    try {
      const stage = await openAwsStage('prod', { client: { endpoint: incomplete.endpoint, credentials } });
      await expect(stageCommands.stop?.prepare({})(stage)).rejects.toThrow('but “accept” was found 0 times');
      expect(incomplete.state.concurrency.size).toBe(0);
    } finally {
      await incomplete.stop();
    }
  });
});

describe('status', () => {
  test('shows what runs', async () => {
    const shown = await operate('status');
    expect(shown).toContain(`\n${all.length} functions\n`);
    for (const entry of all) expect(shown).toContain(`\n  ${entry}: runs`);
    expect(shown).toContain('\n0 dead letters\n  mail_events: 0\n  work: 0\n');
    expect(shown).toMatch(/\n2 event sources\n {2}arn:\S+: \w+\n/);
    expect(shown).toContain('\n  arn:stream: Enabled\n');
    expect(shown).toContain('\n  arn:dead-letters: Disabled\n');
    expect(shown).toContain('\n  restorable from 2026-09-21T14:13:20.000Z to 2026-11-18T11:06:40.000Z\n');
    expect(shown).toContain('\nMail from example.com: SUCCESS\n  SES account: sends, HEALTHY, out of the sandbox\n');
    expect(shown).toContain('\n  quota: 12 of 50000 mails in 24 hours, 14 a second\n');
    expect(shown).toContain('\n1 subscriptions to alarms\n  operations@example.com: confirmed');
  });

  test('shows what does not', async () => {
    await operate('stop');
    await operate('mail stop');
    await fill('Work', { messages: 3, failing: 0 });
    Object.assign(aws.state, { sandbox: true, confirmed: false });
    const shown = await operate('status');
    for (const entry of all) expect(shown).toContain(`\n  ${entry}: STOPPED`);
    expect(shown).toContain('\n3 dead letters\n  mail_events: 0\n  work: 3\n');
    expect(shown).toMatch(/\n {2}configuration set \S+: STOPPED\n/);
    expect(shown).toContain('IN THE SANDBOX');
    expect(shown).toContain('operations@example.com: NOT CONFIRMED');
  });

  test('shows everything else, and fails, if one part cannot be read', async () => {
    aws.state.identity = undefined;
    const reason = await operate('status').catch((error: Error) => error.message);
    expect(reason).toContain(`\n${all.length} functions\n`);
    expect(reason).toMatch(/\nmail: UNKNOWN, NotFoundException: .+\n1 subscriptions/);
    expect(reason).toMatch(/\n1 of 6 parts could not be read\.$/);
  });
});

describe('redrive', () => {
  test('processes all dead letters and leaves the mapping disabled', async () => {
    await fill('MailEvents', { messages: 5, failing: 0 });
    expect(await operate('redrive')).toBe('Processed all 5 dead letters of mail events.');
    expect(called('UpdateEventSourceMapping').map(({ Enabled }) => Enabled)).toEqual([true, false]);
    expect(aws.state.mapping.state).toBe('Disabled');
  });

  test('fails once nothing moves, says how many remain, and leaves the mapping disabled', async () => {
    await fill('MailEvents', { messages: 5, failing: 2 });
    await expect(operate('redrive')).rejects.toThrow('Of 5 dead letters of mail events, 2 remain');
    expect(waited.reduce((sum, seconds) => sum + seconds, 0)).toBeGreaterThan(60 + 60);
    expect(aws.state.mapping.state).toBe('Disabled');
  });

  // Lambda API Reference, UpdateEventSourceMapping, ResourceInUseException: "The operation conflicts with the resource's
  // availability. For example, you tried to update an event source mapping in the CREATING state".
  test('waits until a change of the mapping that has begun before is complete', async () => {
    await fill('MailEvents', { messages: 1, failing: 0 });
    aws.state.mapping = { state: 'Disabling', transitions: ['Disabling', 'Disabling', 'Disabling', 'Disabled'] };
    expect(await operate('redrive')).toBe('Processed all 1 dead letters of mail events.');
  });

  test('changes nothing if there are none', async () => {
    expect(await operate('redrive')).toBe('The queue mail_events has no dead letters.');
    expect(called('UpdateEventSourceMapping')).toEqual([]);
  });
});

describe('purge', () => {
  test.each(['MailEvents', 'Work'] as const)('deletes the dead letters of one queue only: %s', async (name) => {
    await fill('MailEvents', { messages: 4, failing: 4 });
    await fill('Work', { messages: 4, failing: 4 });
    const queue = { MailEvents: 'mail_events', Work: 'work' }[name];
    expect(await operate(`purge ${queue}`)).toBe(`Deleted 4 dead letters of ${queue}.`);
    expect(called('PurgeQueue')).toEqual([{ QueueUrl: queueUrl(name) }]);
    // SQS API Reference, PurgeQueue: "The message deletion process takes up to 60 seconds. We recommend waiting for 60
    // seconds regardless of your queue's size."
    expect(waited).toEqual([60]);
    expect(await operate(`purge ${queue}`)).toBe(`The queue ${queue} has no dead letters.`);
  });
});

test('run_worker prints what the worker returned', async () => {
  expect(await operate('run_worker')).toBe(`The worker returned {"invoked":"${aws.functionNames.work}"}`);
});

describe('mail', () => {
  test('is stopped and started, for the configuration set of the stage', async () => {
    expect(await operate('mail stop')).toMatch(/^The configuration set prod-Mail-Mails\w+ sends no mails/);
    expect(aws.state.sending).toBe(false);
    expect(await operate('mail start')).toContain('sends mails');
    expect(aws.state.sending).toBe(true);
  });

  test('to a suppressed address is allowed again, and the command fails for any other', async () => {
    aws.state.suppressed.add('ada@acme.com');
    const options = { email: 'ada@acme.com' };
    expect(await operate('mail unsuppress', options)).toContain('no longer on the suppression list');
    await expect(operate('mail unsuppress', options)).rejects.toThrow('ada@acme.com is not on the suppression list');
  });

  test('may leave the sandbox on request, once', async () => {
    aws.state.sandbox = true;
    const options = { useCase: 'Invites to colleagues' };
    expect(await operate('mail leave_sandbox', options)).toContain('for https://roster.example.com');
    expect(called('PutAccountDetails')).toMatchObject([
      { UseCaseDescription: 'Invites to colleagues', WebsiteURL: 'https://roster.example.com' },
    ]);
    aws.state.sandbox = false;
    await expect(operate('mail leave_sandbox', options)).rejects.toThrow('is not in the SES sandbox');
  });
});

describe('an account', () => {
  const options = { email: 'Ada@acme.com' };

  test('is disabled and signed out, enabled again, and deleted only while it is disabled', async () => {
    aws.state.accounts.set('ada@acme.com', true);
    expect(await operate('account disable', options)).toContain('Disabled the account ada@acme.com');
    expect(called('AdminUserGlobalSignOut')).toHaveLength(1);
    expect(aws.state.accounts.get('ada@acme.com')).toBe(false);
    expect(await operate('account enable', options)).toBe('Enabled the account ada@acme.com.');
    await expect(operate('account delete', options)).rejects.toThrow('is enabled. Use “account disable” first.');
    await operate('account disable', options);
    expect(await operate('account delete', options)).toBe('Deleted the account ada@acme.com.');
    expect(aws.state.accounts.size).toBe(0);
  });

  test('that does not exist is an error', async () => {
    await expect(operate('account disable', options)).rejects.toThrow('User does not exist.');
  });
});

test('all accounts are exported, however many pages Cognito lists', async () => {
  const emails = Array.from({ length: 130 }, (_, index) => `user${index}@acme.com`);
  for (const email of emails) aws.state.accounts.set(email, true);
  const directory = mkdtempSync(path.join(tmpdir(), 'roster-accounts-'));
  const file = path.join(directory, 'accounts.json');
  expect(await operate('account export', { file })).toBe(`Wrote 130 accounts to ${file}.`);
  const exported = JSON.parse(readFileSync(file, 'utf8')) as { Username: string }[];
  rmSync(directory, { recursive: true });
  expect(exported.map(({ Username }) => Username)).toEqual(emails);
});

test('the client secret of a machine is rotated', async () => {
  const options = { machine: 'pipeline' };
  expect(await operate('secrets add', options)).toBe('The new client secret second of pipeline is the value');
  expect(await operate('secrets list', options)).toMatch(/has 2 client secrets:\n {2}first.*\n {2}second/);
  expect(await operate('secrets delete', { ...options, secretId: 'first' })).toContain('It has 1 more.');
  expect(aws.state.secrets).toEqual(['second']);
  await expect(operate('secrets list', { machine: 'other' })).rejects.toThrow('has no machine “other”');
});

test('unprotect turns off termination protection, and names what remains after a destroy', async () => {
  const shown = await operate('unprotect');
  expect(aws.state.terminationProtection).toBe(false);
  expect(shown).toMatch(/\n {2}table prod-Data-Table\w+\n {2}user pool prod-Data-People\w+$/);
});

test.each<[string, string, Record<string, string>, string]>([
  ['a function that does not exist', 'logs worker', {}, 'function: Invalid option'],
  ['an instant that is none', 'restore begin', { to: 'noon' }, 'to: must be an instant'],
  ['a missing option', 'account disable', {}, 'email: '],
  ['an option of another command', 'stop', { email: 'ada@acme.com' }, 'Unrecognized key: "email"'],
  ['a word too many', 'stop all', {}, 'Unexpected: all'],
])('%s is refused', (_, words, options, why) => {
  expect(() => prepareStageCommand(words.split(' '), options)).toThrow(why);
});

test.each(Object.keys(stageCommands))('%s does nothing with credentials of another account', async (words) => {
  aws.state.account = '123456789012';
  const examples: Record<string, Record<string, string>> = {
    logs: { function: 'work' },
    purge: { queue: 'work' },
    'restore begin': { to: '2026-11-24T09:55:00Z' },
    'mail unsuppress': { email: 'ada@acme.com' },
    'mail leave_sandbox': { useCase: 'x' },
    'account export': { file: 'accounts.json' },
    'secrets delete': { machine: 'pipeline', secretId: 'first' },
  };
  const given = examples[words] ?? {
    ...(words.startsWith('account') && { email: 'ada@acme.com' }),
    ...(words.startsWith('secrets') && { machine: 'pipeline' }),
  };
  await expect(operate(words, given)).rejects.toThrow(
    'The credentials belong to the account 123456789012, but the stage prod belongs to 000000000000 (infra/stages.ts). Nothing was done.',
  );
  expect(aws.calls.map(({ operation }) => operation)).toEqual(['GetCallerIdentity']);
});

describe('npm run operate', () => {
  const run = (...given: string[]) =>
    runCommand(process.execPath, ['infra/operators/operate.ts', ...given], {
      environment: { AWS_ENDPOINT_URL: aws.endpoint, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
    });

  test('prints all events of a log, however many pages it has, and their number', async () => {
    aws.state.log = Array.from({ length: 5 }, (_, index) => `{"event":${index}}`);
    const { code, said } = await run('--stage', 'prod', 'logs', 'work', '--since', '15m');
    expect(code).toBe(0);
    expect(said).toContain(aws.state.log.join('\n'));
    expect(said).toMatch(/\n5 events of work since \S+, in \/logs\/prod-Api-work\w+\.\n$/);
  });

  test('fails with the reason alone if the command was not done', async () => {
    aws.state.account = '123456789012';
    const { code, said, complained } = await run('--stage', 'prod', 'stop');
    expect({ code, said }).toEqual({ code: 1, said: '' });
    expect(complained).toMatch(/^The credentials belong to the account 123456789012.+ Nothing was done\.\n$/);
  });

  test.each([
    ['a stage on this machine', ['--stage', 'local', 'stop'], 1, 'This command needs a stage that is deployed to AWS.'],
    ['a stage that does not exist', ['--stage', 'production', 'stop'], 1, 'There is no stage "production".'],
    ['wrong arguments', ['--stage', 'prod', 'logs', 'work', '--since', 'long'], 2, 'since: must be minutes'],
  ])('refuses %s', async (_, given, code, why) => {
    const reply = await run(...given);
    expect(reply).toMatchObject({ code, said: '' });
    expect(reply.complained).toContain(why);
    expect(aws.calls).toEqual([]);
  });

  test('shows every command in its usage', async () => {
    const { complained } = await run();
    for (const name of Object.keys(stageCommands)) expect(complained).toContain(`\n  ${name} `);
  });
});
