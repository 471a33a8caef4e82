import { createServer } from 'node:http';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { expect, test } from 'vitest';
import { closeServer, listen } from '../../infra/local/network.ts';
import { localAws } from '../../infra/local/table.ts';
import { deployMail } from '../../infra/operators/deploy-mail.ts';

const own = { name: 'acme.example', dmarc: 'none' } as const;
const inZone = { ...own, hostedZone: { id: 'Z1', name: 'acme.example' } };

/**
 * Runs it against a server in place of SES, whose emulator verifies every domain at once. It gives these statuses in turn, and the
 * last one from then on; `undefined`: the identity does not exist. Returns what was done, and the result or the error.
 */
const deployWith = async (statuses: (string | undefined)[], domain: typeof own | typeof inZone, exitCode = 0) => {
  const left = [...statuses];
  const server = createServer((_, response) => {
    const status = left.length > 1 ? left.shift() : left[0];
    response.writeHead(status === undefined ? 404 : 200, {
      'content-type': 'application/json',
      ...(status === undefined && { 'x-amzn-errortype': 'NotFoundException' }),
    });
    response.end(JSON.stringify({ VerificationStatus: status }));
  });
  const port = await listen(server, 0);
  const ses = new SESv2Client({ endpoint: `http://localhost:${port}`, ...localAws, maxAttempts: 1 });
  const done: (string | number)[] = [];
  const deploy = () => {
    done.push('deploy');
    return exitCode;
  };
  const result = await deployMail(domain, { ses, deploy, wait: async (seconds) => done.push(seconds) }).catch(
    (error: unknown) => String(error),
  );
  ses.destroy();
  await closeServer(server);
  return { done, result };
};

test('nothing is deployed in advance once SES has verified the domain', async () => {
  expect(await deployWith(['SUCCESS'], inZone)).toEqual({ done: [], result: 0 });
});

test('a first deployment waits only until SES has verified the domain', async () => {
  const statuses = [undefined, 'PENDING', 'FAILED', 'SUCCESS'];
  expect(await deployWith(statuses, inZone)).toEqual({ done: ['deploy', 15, 15], result: 0 });
});

test('a first deployment gives up after ten minutes', async () => {
  const { done, result } = await deployWith(['PENDING'], inZone);
  expect(done).toEqual(['deploy', ...Array.from({ length: 40 }, () => 15)]);
  expect(result).toContain('Check that the domain uses the hosted zone, and repeat this command');
});

test('without a hosted zone it does not wait, and says that a person has to create the records', async () => {
  const { done, result } = await deployWith([undefined, 'PENDING'], own);
  expect(done).toEqual(['deploy']);
  expect(result).toContain('Create the DNS records that the stack Mail printed, and repeat this command');
});

test('a deployment that fails is not waited for', async () => {
  expect(await deployWith([undefined], inZone, 1)).toEqual({ done: ['deploy'], result: 1 });
});
