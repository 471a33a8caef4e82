import { expect, test, vi } from 'vitest';
import { machineToken } from '../../functions/adapters/machine-token.ts';
import { functionEntries } from '../../infra/constructs/bundle.ts';
import { canaryChecks, type CanaryResult } from '../../shared/canary/canary-checks.ts';
import { canaryGuest, canaryMachine, canaryOrganizationId } from '../../shared/canary-organization.ts';
import { canaryTokenReserveSeconds, machineTokenMinutes, noticeWindowSeconds } from '../../shared/limits.ts';
import { keys } from '../../shared/table/keys.ts';
import { update } from '../../shared/table/write.ts';
import { after, minute, second } from '../../shared/time.ts';
import { metricsOf } from '../support/metrics.ts';
import { servicesOf } from '../support/operations.ts';
import { clockAt } from '../support/clock.ts';
import { password, useStack } from '../support/stack.ts';
import { everyItem } from '../support/table-items.ts';

const stack = useStack();

/** Invokes the canary. Mails and events are delivered meanwhile, as they are on AWS. */
const runCanary = async (event: object = {}): Promise<CanaryResult> => {
  const state = { running: true };
  const result = stack.invoke('canary', event).finally(() => (state.running = false));
  while (state.running) await stack.drain();
  const invocation = await result;
  if (!invocation.ok) throw new Error(JSON.stringify(invocation));
  return invocation.value as CanaryResult;
};

const failuresOf = ({ checks }: CanaryResult): string[] => checks.flatMap(({ failure }) => failure ?? []);

const canarysClient = () =>
  stack.endpoints.cognito.machines.find(({ name }) => name === canaryMachine) ?? expect.unreachable();

test('the checks use every function except those that only a person or an operator can use', () => {
  const used = new Set(canaryChecks.flatMap(({ functions }) => functions));
  expect(Object.keys(functionEntries).filter((name) => !used.has(name))).toEqual([
    'me',
    'operate',
    'canary',
    'tokenClaims',
  ]);
  expect([...used].filter((name) => !(name in functionEntries))).toEqual([]);
});

test('all checks that cause no mails pass, again and again', async () => {
  for (const result of [await runCanary(), await runCanary()]) {
    expect(failuresOf(result)).toEqual([]);
    expect(result.checks).toHaveLength(canaryChecks.filter(({ mails }) => !mails).length);
  }
});

test('a run with mails makes all checks, counts only its pass and its mails, and what it records is deleted later', async () => {
  const stored = await everyItem(stack);
  let result: CanaryResult | undefined;
  const counted = await metricsOf(stack, async () => (result = await runCanary({ mails: true })));
  expect(result?.checks).toHaveLength(canaryChecks.length);
  // The notice of the removal waits for others.
  expect(counted).toMatchObject({ CanaryPasses: 1, MailsSent: 1 });
  for (const name of ['InvitesCreated', 'InvitesDelivered', 'InvitesAccepted'] as const)
    expect(counted).not.toHaveProperty(name);

  stack.advanceClock(noticeWindowSeconds * second);
  await stack.tick();
  // Roles are granted by one run and revoked by the next, so that their items do not accumulate.
  const recorded = Object.entries(await everyItem(stack)).filter(
    ([key]) => !(key in stored) && !/#(grants|role)#/.test(key),
  );
  expect(recorded.length).toBeGreaterThan(20);
  expect(recorded.filter(([, { ttl }]) => ttl === undefined).map(([key]) => key)).toEqual([]);
});

test('the daily quota of emails never stops it', async () => {
  const { tenantTable, clock } = servicesOf(undefined);
  const today = keys.quota(canaryOrganizationId, clock.now().slice(0, 10));
  await tenantTable(canaryOrganizationId).transact([update(today, { set: { asked: 1_000_000 } })]);
  expect(failuresOf(await runCanary({ mails: true }))).toEqual([]);
});

test('a run with a password lets the guest join and sign in, and later runs do not change the guest', async () => {
  for (const given of [password, 'Another-password-8'])
    expect(failuresOf(await runCanary({ password: given }))).toEqual([]);
  const { client } = await stack.signIn(canaryGuest);
  expect(await client.getMyUser({ params: { organizationId: canaryOrganizationId } })).toMatchObject({
    ok: true,
    value: { email: canaryGuest },
  });
});

test('a check that fails says why, does not prevent the others, and the run does not count as passed', async () => {
  await runCanary();
  const { tenantTable } = servicesOf(undefined);
  const membership = keys.membership(canaryOrganizationId, canarysClient().clientId);
  const set = (assignments: string[]) =>
    tenantTable(canaryOrganizationId).transact([update(membership, { set: { assignments } })]);
  await set(['member']);
  let result: CanaryResult | undefined;
  const counted = await metricsOf(stack, async () => (result = await runCanary()));
  await set(['organization_manager']);
  expect(counted).not.toHaveProperty('CanaryPasses');
  const failed = result?.checks.filter(({ failure }) => failure !== undefined) ?? [];
  expect(failed.map(({ functions }) => functions.join())).toEqual([
    'organizations',
    'serviceAccounts',
    'permissions',
    'pools',
    'dataSources',
    'policies',
    'resources',
    'invites',
  ]);
  expect(failed[0]?.failure).toMatch(/^The API answered 403 forbidden \(.+\), request [\w-]+\.$/);
});

test('a canary that cannot sign in does not pass', async () => {
  const restart = await stack.outage('directory');
  await expect(runCanary({ mails: true })).rejects.toThrow();
  await restart();
});

test('a token is kept until shortly before it expires, since Cognito charges for each, and renewed on request', async () => {
  const { endpoint, userPoolId } = stack.endpoints.cognito;
  const { clientId } = canarysClient();
  let now = '2026-11-30T12:00:00.000Z';
  const clock = clockAt(() => now);
  const tokens = machineToken({ userPoolId, clientId, signInUrl: endpoint, clock });
  const requests = vi.spyOn(globalThis, 'fetch');
  const requested = async (renew = false): Promise<number> => {
    requests.mockClear();
    await tokens.get({ renew });
    return requests.mock.calls.filter(([url]) => url === `${endpoint}/oauth2/token`).length;
  };
  const kept = machineTokenMinutes * minute - canaryTokenReserveSeconds * second;
  const begun = now;
  expect(await requested()).toBe(1);
  now = after(begun, kept - second);
  expect(await requested()).toBe(0);
  now = after(begun, kept);
  expect(await requested()).toBe(1);
  expect(await requested(true)).toBe(1);
  requests.mockRestore();
});
