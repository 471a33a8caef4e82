import { createServer } from 'node:http';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { expect, test } from 'vitest';
import { sesMailer } from '../../functions/adapters/ses-mailer.ts';
import { closeServer, freePort, listen } from '../../infra/local/network.ts';
import { localAws } from '../../infra/local/table.ts';

const mail = { to: 'a@example.com', subject: 's', html: '<p>h</p>', text: 't', tags: { invite: 'i' } };

/** SES refuses in ways that its emulator does not: this answers in its place. */
const sendTo = async (answer: { status: number; type?: string; body?: string } | 'hang up') => {
  const port = await freePort();
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => bodies.push(chunk.toString()));
    request.on('end', () => {
      if (answer === 'hang up') return request.socket.destroy();
      response.writeHead(answer.status, {
        'content-type': 'application/json',
        ...(answer.type && { 'x-amzn-errortype': answer.type }),
      });
      response.end(answer.body ?? '{"message":"no"}');
    });
  });
  await listen(server, port);
  const client = new SESv2Client({ endpoint: `http://localhost:${port}`, ...localAws, maxAttempts: 1 });
  const outcome = await sesMailer(client, 'Roster <r@example.com>', 'set').send(mail);
  await closeServer(server);
  return { kind: outcome.kind, requests: bodies.length, body: bodies.join('') };
};

test.each([
  ['taken', { status: 200, body: '{"MessageId":"m"}' }, 'sent'],
  ['refused for what it is', { status: 400, type: 'MessageRejected' }, 'rejected'],
  ['malformed', { status: 400, type: 'BadRequestException' }, 'rejected'],
  ['over the rate', { status: 429, type: 'TooManyRequestsException' }, 'unsent'],
  ['throttled', { status: 400, type: 'ThrottlingException' }, 'unsent'],
  ['sent with old credentials', { status: 403, type: 'ExpiredTokenException' }, 'unsent'],
  ['sent while sending is paused', { status: 400, type: 'SendingPausedException' }, 'unsent'],
  ['met by a fault of SES', { status: 500, type: 'InternalServiceErrorException' }, 'unknown'],
  ['cut off', 'hang up', 'unknown'],
] as const)('a mail that is %s is asked for once, and its outcome is known for what it is', async (_, answer, kind) => {
  expect(await sendTo(answer)).toMatchObject({ kind, requests: 1 });
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
