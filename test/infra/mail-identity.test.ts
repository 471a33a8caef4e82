import { createServer } from 'node:http';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { expect, test } from 'vitest';
import { closeServer, listen } from '../../infra/local/network.ts';
import { localAws } from '../../infra/local/table.ts';
import { untilVerified, identityState } from '../../infra/operators/mail-identity.ts';

/** Replaces SES, whose emulator verifies every domain at once, by a server that gives these statuses in turn; `undefined`: not found. */
const withStatuses = async <T>(statuses: (string | undefined)[], use: (client: SESv2Client) => Promise<T>) => {
  const left = [...statuses];
  const server = createServer((request, response) => {
    const status = left.length > 1 ? left.shift() : left[0];
    response.writeHead(status === undefined ? 404 : 200, {
      'content-type': 'application/json',
      ...(status === undefined && { 'x-amzn-errortype': 'NotFoundException' }),
    });
    response.end(JSON.stringify({ VerificationStatus: status, path: request.url }));
  });
  const port = await listen(server, 0);
  const client = new SESv2Client({ endpoint: `http://localhost:${port}`, ...localAws, maxAttempts: 1 });
  const result = await use(client);
  client.destroy();
  await closeServer(server);
  return result;
};

test.each([
  [undefined, 'missing'],
  ['PENDING', 'unverified'],
  ['FAILED', 'unverified'],
  ['SUCCESS', 'verified'],
])('a domain with the status %s is %s', async (status, state) => {
  expect(await withStatuses([status], (client) => identityState(client, 'acme.example'))).toBe(state);
});

test('a deployment waits until SES has verified the domain, and no longer', async () => {
  let pauses = 0;
  const pause = async () => (pauses += 1);
  const statuses = [undefined, 'PENDING', 'PENDING', 'SUCCESS'];
  expect(await withStatuses(statuses, (client) => untilVerified(client, 'acme.example', pause))).toBe(true);
  expect(pauses).toBe(3);
});

test('a deployment gives up after ten minutes', async () => {
  let seconds = 0;
  const pause = async () => (seconds += 15);
  expect(await withStatuses(['PENDING'], (client) => untilVerified(client, 'acme.example', pause))).toBe(false);
  expect(seconds).toBe(39 * 15);
});
