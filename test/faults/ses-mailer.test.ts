import { createServer } from 'node:http';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { describe, expect, test } from 'vitest';
import { sesMailer } from '../../functions/adapters/ses-mailer.ts';
import { closeServer, listen } from '../../infra/local/network.ts';
import { localAws } from '../../infra/local/table.ts';
import type { Mailer } from '../../shared/ports.ts';

const mail = {
  to: 'a@example.com',
  subject: 's',
  html: '<p>h</p>',
  text: 't',
  tags: { invite: 'i' },
  requestedAt: '2026-03-01T10:00:00.000Z',
};

type Answer = { status: number; type?: string; body?: string } | 'hang up';

/** Replaces SES by a server that gives one of these responses to each request, because the emulator of SES cannot give them all. */
const withSes = async <T>(
  answers: Answer[],
  use: (mailer: Mailer, clock: { time: string }) => Promise<T>,
): Promise<{ result: T; bodies: string[] }> => {
  const bodies: string[] = [];
  const left = [...answers];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      bodies.push(body);
      const answer = left.shift() ?? 'hang up';
      if (answer === 'hang up') return request.socket.destroy();
      response.writeHead(answer.status, {
        'content-type': 'application/json',
        ...(answer.type && { 'x-amzn-errortype': answer.type }),
      });
      response.end(answer.body ?? '{"message":"no"}');
    });
  });
  const port = await listen(server, 0);
  const client = new SESv2Client({ endpoint: `http://localhost:${port}`, ...localAws, maxAttempts: 1 });
  const clock = { time: '2026-03-01T10:00:00.000Z' };
  const result = await use(sesMailer(client, 'Roster <r@example.com>', 'set', { now: () => clock.time }), clock);
  client.destroy();
  await closeServer(server);
  return { result, bodies };
};

const sendTo = async (answer: Answer) => {
  const { result, bodies } = await withSes([answer], (mailer) => mailer.send(mail));
  return { result, requests: bodies.length, body: bodies.join('') };
};

const refused = (error: string) => ({ code: 'send_refused', parameters: { error } });
const deferred = (error: string) => ({ code: 'send_deferred', parameters: { error } });
const lost = { code: 'response_lost' };

test.each([
  ['accepted', { status: 200, body: '{"MessageId":"m"}' }, { kind: 'sent', messageId: 'm' }],
  [
    'refused because of its content',
    { status: 400, type: 'MessageRejected' },
    { kind: 'rejected', reason: refused('MessageRejected') },
  ],
  [
    'malformed',
    { status: 400, type: 'BadRequestException' },
    { kind: 'rejected', reason: refused('BadRequestException') },
  ],
  [
    'sent above the allowed rate',
    { status: 429, type: 'TooManyRequestsException' },
    { kind: 'unsent', reason: deferred('TooManyRequestsException') },
  ],
  [
    'throttled',
    { status: 400, type: 'ThrottlingException' },
    { kind: 'unsent', reason: deferred('ThrottlingException') },
  ],
  [
    'sent while sending is paused',
    { status: 400, type: 'SendingPausedException' },
    { kind: 'unsent', reason: deferred('SendingPausedException') },
  ],
  [
    'met by an internal error of SES',
    { status: 500, type: 'InternalServiceErrorException' },
    { kind: 'unknown', reason: lost },
  ],
  ['cut off', 'hang up', { kind: 'unknown', reason: lost }],
] as const)('a mail that is %s is requested once and has the right outcome', async (_, answer, outcome) => {
  const { result, requests } = await sendTo(answer);
  expect(result).toEqual(outcome);
  expect(requests).toBe(1);
});

/** Errors that SES blames on the caller, and which no waiting corrects. */
test.each([
  [403, 'AccessDeniedException'],
  [403, 'ExpiredTokenException'],
  [403, 'UnrecognizedClientException'],
  [400, 'MailFromDomainNotVerifiedException'],
  [404, 'NotFoundException'],
])('a mail that SES answers with %d %s waits, and is a fault of ours', async (status, type) => {
  const { result } = await sendTo({ status, type });
  expect(result).toMatchObject({ kind: 'unsent', reason: { code: 'send_fault', parameters: { error: type } } });
  expect(result).toHaveProperty('fault.name', type);
});

test('the fault says which identity SES refused, unless it is an address', async () => {
  const message = (identity: string) =>
    `User \`arn:aws:sts::1:assumed-role/work' is not authorized to perform \`ses:SendEmail' on resource \`arn:aws:ses:eu-west-1:1:identity/${identity}'`;
  const faultOn = async (identity: string) =>
    (await sendTo({ status: 403, type: 'AccessDeniedException', body: JSON.stringify({ message: message(identity) }) }))
      .result;
  expect(await faultOn('example.com')).toHaveProperty('fault.message', message('example.com'));
  expect(await faultOn('ada+x@example.com')).toHaveProperty('fault.message', message('(address)'));
});

test('a mail names its sender, the configuration set and the tags that come back with events', async () => {
  const { body } = await sendTo({ status: 200, body: '{"MessageId":"m"}' });
  expect(JSON.parse(body)).toMatchObject({
    FromEmailAddress: 'Roster <r@example.com>',
    ConfigurationSetName: 'set',
    EmailTags: [{ Name: 'invite', Value: 'i' }],
    Destination: { ToAddresses: ['a@example.com'] },
  });
});

describe('the quota of mails per day', () => {
  test.each<[string, object, number | undefined]>([
    ['is used up by the share that was sent', { Max24HourSend: 200, SentLast24Hours: 150 }, 0.75],
    ['is unknown in an account without a limit', { Max24HourSend: -1, SentLast24Hours: 150 }, undefined],
    ['is unknown if SES does not report it', {}, undefined],
  ])('%s', async (_, SendQuota, used) => {
    const answer = { status: 200, body: JSON.stringify({ SendQuota }) };
    const { result } = await withSes([answer], async (mailer) => {
      expect(mailer.quotaUsed()).toBeUndefined();
      await mailer.rate();
      return mailer.quotaUsed();
    });
    expect(result).toBe(used);
  });
});

describe('the rate of mails', () => {
  const account = (MaxSendRate: number): Answer => ({
    status: 200,
    body: JSON.stringify({ SendQuota: { MaxSendRate } }),
  });

  test('is the number that the account may send per second, read every ten minutes', async () => {
    const { result, bodies } = await withSes([account(14), account(50)], async (mailer, clock) => {
      const rates = [await mailer.rate(), await mailer.rate()];
      clock.time = '2026-03-01T10:09:59.999Z';
      rates.push(await mailer.rate());
      clock.time = '2026-03-01T10:10:00.000Z';
      rates.push(await mailer.rate());
      return rates;
    });
    expect(result).toEqual([14, 14, 14, 50]);
    expect(bodies).toHaveLength(2);
  });

  test.each<[string, Answer]>([
    ['throttled', { status: 429, type: 'TooManyRequestsException' }],
    ['refused', { status: 403, type: 'AccessDeniedException' }],
    ['cut off', 'hang up'],
    ['answered without a quota', { status: 200, body: '{}' }],
    ['answered with a rate of 0', account(0)],
  ])('is one per second while the request for it is %s', async (_, answer) => {
    expect((await withSes([answer], (mailer) => mailer.rate())).result).toBe(1);
  });

  test('is read again after a failed request', async () => {
    const { result } = await withSes(['hang up', account(14)], async (mailer) => [
      await mailer.rate(),
      await mailer.rate(),
    ]);
    expect(result).toEqual([1, 14]);
  });
});
