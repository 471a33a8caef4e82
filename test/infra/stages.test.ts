import { describe, expect, test } from 'vitest';
import { checkStage, findStage, placeholdersOf, stages, type Stage } from '../../infra/stages.ts';

const prod = findStage('prod');
const web = prod.web as NonNullable<Stage['web']>;

test.each(Object.keys(stages))('the stage %s is one that can be synthesized', (name) => {
  expect(findStage(name).name).toBe(name);
});

test('a stage that there is not is refused by name', () => {
  expect(() => findStage('production')).toThrow('There is no stage "production". Stages: local, dev, staging, prod.');
});

describe('a wrong setting is refused by its name', () => {
  test.each<[string, object, string]>([
    ['a sender without a name', { mailSender: 'roster@example.com' }, 'mailSender: must look like'],
    ['a sender of another domain', { mailSender: 'R <r@other.com>' }, 'mailSender: must be an address at example.com'],
    ['a domain with a scheme', { web: { ...web, domain: 'https://x.com' } }, 'web.domain: must be a domain'],
    ['no certificate and no zone', { web: { ...web, hostedZone: undefined } }, 'web: takes a hosted zone or a cert'],
    [
      'a certificate of another region',
      { web: { ...web, hostedZone: undefined, certificateArn: 'arn:aws:acm:eu-west-1:1:certificate/x' } },
      'web.certificateArn: Invalid string: must start with "arn:aws:acm:us-east-1:"',
    ],
    ['a web domain without a region', { region: undefined }, 'region: must be said where there is a web domain'],
    ['a short account', { account: '123' }, 'account: must have 12 digits'],
    [
      'a firewall that locks out an office that loads 50 pages',
      { web: { ...web, requestsPerSource: 399 } },
      'web.requestsPerSource: Too small: expected number to be >=450',
    ],
    ['days that CloudWatch does not know', { logDays: 31 }, 'logDays: Invalid input'],
    ['an alarm address that is none', { alarmAddress: 'operations' }, 'alarmAddress: Invalid email address'],
    ['a budget that nobody is told of', { alarmAddress: undefined }, 'monthlyBudget: must not be set without'],
    ['scripts that sign in where data is kept', { passwordSignIn: true }, 'passwordSignIn: must be false where data'],
    ['mails of sign-in by SES without a domain', { accountMails: 'ses', mailDomain: undefined }, 'takes a mailDomain'],
    ['50 mails of sign-in a day where data is kept', { accountMails: 'cognito' }, 'accountMails: must be "ses" where'],
    ['no invites', { inviteQuota: 0 }, 'inviteQuota: Too small'],
    ['more invites at first', { inviteQuotaStart: 5_001 }, 'inviteQuotaStart: must be at most inviteQuota'],
    ['a fence that is no instant', { sendFence: 'yesterday' }, 'sendFence: Invalid ISO datetime'],
    ['a removal policy in other words', { keepsData: 'retain' }, 'keepsData: Invalid input: expected boolean'],
    ['a name that no bucket or domain can have', { name: 'Prod' }, 'name: must be 2 to 12 small letters'],
    ['a setting that there is not', { colour: 'blue' }, 'Unrecognized key: "colour"'],
  ])('%s', (_, change, message) => {
    expect(() => checkStage({ ...prod, ...change })).toThrow(message);
  });

  test('all of them at once', () => {
    expect(() => checkStage({ ...prod, inviteQuota: 0, account: '1' })).toThrow(/account: .*\n.*inviteQuota: /);
  });
});

describe('placeholders', () => {
  test('are named, each with its value', () => {
    expect(placeholdersOf(prod)).toEqual([
      'account (000000000000)',
      'mailSender (Roster <roster@example.com>)',
      'mailDomain.name (example.com)',
      'mailDomain.hostedZone.id (Z0000000000000)',
      'mailDomain.hostedZone.name (example.com)',
      'web.domain (roster.example.com)',
      'web.hostedZone.id (Z0000000000000)',
      'web.hostedZone.name (example.com)',
      'alarmAddress (operations@example.com)',
    ]);
  });

  test('are in every stage that is deployed as it is committed, and not on a laptop', () => {
    for (const name of Object.keys(stages)) expect(placeholdersOf(findStage(name)).length > 0).toBe(name !== 'local');
  });

  test('are gone when each is filled in', () => {
    expect(placeholdersOf({ ...findStage('dev'), mailSender: 'Acme <people@acme.com>' })).toEqual([]);
  });
});
