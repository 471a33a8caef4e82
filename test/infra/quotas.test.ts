import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { quotasToRaise, readQuotas, type Quotas } from '../../infra/operators/quotas.ts';
import { findStage } from '../../infra/stages.ts';
import { startNewAccount } from '../support/new-account.ts';

const prod = { ...findStage('prod'), accountMails: 'ses' as const };
/** Suffices for prod. */
const raised: Quotas = { lambdaExecutions: 1_000, mails: { outOfSandbox: true, perDay: 50_000, perSecond: 14 } };

describe('the quotas of a new account', () => {
  let account: Awaited<ReturnType<typeof startNewAccount>>;
  beforeAll(async () => {
    account = await startNewAccount();
    vi.stubEnv('AWS_ENDPOINT_URL_LAMBDA', account.address);
    vi.stubEnv('AWS_ENDPOINT_URL_SESV2', account.address);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await account.stop();
  });

  test('are read from Lambda and SES', async () => {
    expect(await readQuotas({ region: 'eu-west-1' })).toEqual({
      lambdaExecutions: 10,
      mails: { outOfSandbox: false, perDay: 200, perSecond: 1 },
    });
    expect(account.received.toSorted()).toEqual(['GET /2016-08-19/account-settings', 'GET /v2/email/account']);
  });

  test('are all too low for prod', async () => {
    const sentences = quotasToRaise({ ...prod, accountMails: 'cognito' }, await readQuotas(prod));
    expect(sentences).toEqual([
      expect.stringMatching(/^Lambda runs 10 functions at a time in this account, and 100 are needed/),
      expect.stringMatching(/^SES is in its sandbox/),
      expect.stringMatching(/^SES sends 200 mails per day, and one organization may invite 5000/),
      expect.stringMatching(/^SES's sending rate is 1 per second, and 2 are needed/),
      expect.stringMatching(/^Cognito sends 50 sign-in mails per day/),
    ]);
  });
});

test('there is no warning about sufficient quotas', () => {
  expect(quotasToRaise(prod, raised)).toEqual([]);
  expect(quotasToRaise(prod, { ...raised, mails: { ...raised.mails, perDay: -1 } })).toEqual([]);
});

/** Lambda refuses to reserve more than all but 100 of the account's executions, and the deployment fails. */
test('reserved executions require 100 unreserved ones in the account', () => {
  const reserving = { ...prod, publicConcurrency: 100, workerConcurrency: 10 };
  expect(quotasToRaise(reserving, { ...raised, lambdaExecutions: 409 })).toEqual([
    expect.stringMatching(/410 are needed.* The deployment fails otherwise, because 310 are to be reserved\.$/),
  ]);
  expect(quotasToRaise(reserving, { ...raised, lambdaExecutions: 410 })).toEqual([]);
});
