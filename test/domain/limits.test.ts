import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { functionEntries } from '../../infra/constructs/bundle.ts';
import * as limits from '../../shared/limits.ts';
import { accessPatterns } from '../../shared/table/access-patterns.ts';
import { relations, violations, withBroken } from '../support/limit-relations.ts';

const root = path.resolve(import.meta.dirname, '../..');
const textOf = (file: string): string => readFileSync(path.join(root, file), 'utf8');

test('all relations between the limits hold', () => {
  expect(violations(withBroken({}))).toEqual([]);
});

describe('a value that violates a relation is detected', () => {
  test.each(relations)('$name', ({ name, broken }) => {
    expect(violations(withBroken(broken))).toContain(name);
  });

  test('each relation has a unique name', () => {
    expect(new Set(relations.map(({ name }) => name)).size).toBe(relations.length);
  });
});

test('every function has a timeout, and no timeout belongs to an unknown function', () => {
  expect(Object.keys(limits.functionTimeoutSeconds).toSorted()).toEqual(Object.keys(functionEntries).toSorted());
});

test('every limit is used', () => {
  const texts = ['shared', 'functions', 'infra', 'test/support']
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
        path.posix.join(folder, file.replaceAll('\\', '/')),
      ),
    )
    .filter((file) => /\.tsx?$/.test(file) && file !== 'shared/limits.ts')
    .map(textOf)
    .join('\n');
  expect(Object.keys(limits).filter((name) => !new RegExp(`\\b${name}\\b`).test(texts))).toEqual([]);
});

/** Sentences of the documents that contain limits. They are built from the limits. */
const facts: [file: string, fact: string][] = [
  ['README.md', `The share is ${limits.personCallsPerSecond} calls per second per person and function instance`],
  ['README.md', `calls that cost more than ${limits.ordinaryUnitsMax} capacity units`],
  [
    'README.md',
    `${limits.personUnitsPerSecond.toLocaleString('en')} units per second per person and ${limits.organizationUnitsPerSecond.toLocaleString('en')} per organization`,
  ],
  ['README.md', `\`Idempotency-Key\` makes a create safe to repeat for ${limits.idempotencyHours} hours`],
  ['.github/SECURITY.md', `An address gets at most ${limits.mailsToRecipientOfAllMax} invite emails a day`],
  ['infra/README.md', `only as far as delivered emails justify: each adds ${limits.budgetPerDelivery}`],
  ['infra/README.md', `A complaint takes back ${limits.deliveriesPerComplaint.toLocaleString('en')} deliveries`],
  ['infra/README.md', `Repeating the command within ${limits.idempotencyHours} hours creates no second organization`],
  ['infra/README.md', `blocks others for ${limits.leaseSeconds} seconds after it last renewed its lease`],
  ['infra/README.md', `continue within ${limits.workResumptionSecondsMax} seconds`],
  ['infra/README.md', `at most ${limits.parallelWorkMax} mails`],
  ['shared/decisions/one-worker.md', `renews its lease every ${limits.leaseRenewalSeconds} seconds`],
  ['shared/decisions/one-worker.md', `ends ${limits.leaseSeconds} seconds after the last renewal`],
  ['shared/decisions/one-worker.md', `within ${limits.workResumptionSecondsMax} seconds`],
  ['shared/decisions/one-worker.md', `within ${limits.heldMailResumptionSecondsMax / 60} minutes`],
  ['shared/decisions/one-worker.md', `for ${limits.sendUncertaintySeconds / 60} minutes`],
  ['infra/README.md', `at most ${limits.sendRetryMinutesMax} minutes`],
  ['infra/README.md', `whose response was lost after ${limits.sendUncertaintySeconds / 60} minutes`],
  ['infra/README.md', `an organization above ${100 * limits.bounceShareMax} % is paused`],
  ['infra/README.md', `have bounced within a week, and more than ${100 * limits.bounceShareMax} %`],
  [
    'infra/README.md',
    `SES reviews an account above ${100 * limits.sesReviewedBounceShare} % bounces or ${100 * limits.sesReviewedComplaintShare} % complaints`,
  ],
];

describe('the documents state the current limits', () => {
  test.each(facts)('%s: %s', (file, fact) => {
    expect(textOf(file).replaceAll(/\s+/g, ' ')).toContain(fact);
  });

  test('the runbook states the number of bounces and their period in words', () => {
    expect([limits.bouncesMin, limits.bounceWindowDays]).toEqual([10, 7]);
    expect(textOf('infra/README.md').replaceAll(/\s+/g, ' ')).toContain(
      'when at least ten of its mails have bounced within a week',
    );
  });

  test('the table of access patterns states the sizes of transactions and the maximum number of queries', () => {
    expect(accessPatterns.inviteUsers.how).toContain(`per ${limits.inviteAddressesPerTransaction} addresses`);
    expect(accessPatterns.ingestResources.how).toContain(`per ${limits.resourcesPerTransaction} resources`);
    expect(accessPatterns.getUserAssets.how).toContain(`(at most ${limits.resourceQueriesMax})`);
    expect(accessPatterns.listResources.how).toContain(`at most ${limits.queriesPerPageMax}`);
    expect(accessPatterns.listPoolUsers.how).toContain(`at most ${limits.queriesPerPageMax}`);
  });
});
