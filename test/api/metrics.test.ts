import { beforeAll, expect, test } from 'vitest';
import { noticeWindowSeconds, unsentMailAlarmSeconds } from '../../shared/limits.ts';
import { metrics, type MetricName } from '../../shared/platform/metrics.ts';
import { metricLines, metricsOf, namesIn } from '../support/metrics.ts';
import {
  newEmail,
  newMember,
  newOrganization,
  newestToken,
  take,
  type TestOrganization,
} from '../support/organization.ts';
import { password, useStack } from '../support/stack.ts';

const stack = useStack();
const second = 1_000;
const minute = 60 * second;

let organization: TestOrganization;
beforeAll(async () => {
  organization = await newOrganization(stack);
});

/** What something adds to the metrics, beside that the worker ran. */
const counts = async (act: () => Promise<unknown>): Promise<Partial<Record<MetricName, number>>> => {
  const { WorkRuns, ...others } = await metricsOf(stack, act);
  expect(WorkRuns).toBeGreaterThan(0);
  return others;
};

const invite = (emails: string[], more: { dryRun?: boolean } = {}, options: { idempotencyKey?: string } = {}) =>
  organization.manager.client.inviteUsers(
    { params: organization.params, body: { emails, roles: [{ role: 'member' }], ...more } },
    options,
  );

test('an invite is counted when it is made, its mail when SES took it, and what became of it', async () => {
  expect(await counts(async () => take(await invite([newEmail(), newEmail(), 'nobody'])))).toEqual({
    InvitesCreated: 2,
    MailsSent: 2,
    InvitesDelivered: 2,
  });
});

test('a dry run, and the same request again, count nothing', async () => {
  const emails = [newEmail()];
  expect(await counts(() => invite(emails, { dryRun: true }))).toEqual({});
  const options = { idempotencyKey: newEmail() };
  expect(await counts(() => invite(emails, {}, options))).toMatchObject({ InvitesCreated: 1 });
  expect(await counts(() => invite(emails, {}, options))).toEqual({});
});

test('mails that came back or were complained about are counted', async () => {
  const at = (name: string) => `${name}+${newEmail().split('@')[0]}@simulator.amazonses.com`;
  expect(await counts(() => invite([at('bounce'), at('complaint')]))).toEqual({
    InvitesCreated: 2,
    MailsSent: 2,
    InvitesDelivered: 1,
    InvitesBounced: 1,
    InvitesComplained: 1,
  });
});

test('the same event again counts nothing', async () => {
  const end = stack.interceptMailEvents((event) => [event, event, event]);
  expect(await counts(() => invite([newEmail()]))).toMatchObject({ InvitesDelivered: 1 });
  end();
});

test('an accepted invite is counted once, however often its link is used', async () => {
  const email = newEmail();
  await invite([email]);
  const body = { token: await newestToken(stack, email), password };
  expect(await counts(async () => take(await stack.anybody.acceptInvite({ body })))).toMatchObject({
    InvitesAccepted: 1,
  });
  expect(await counts(async () => take(await stack.anybody.acceptInvite({ body })))).toEqual({});
});

test('removals, leaving and restores are counted, and none for asking again', async () => {
  const { params, manager } = organization;
  const [ben, cleo] = [await newMember(stack, organization), await newMember(stack, organization)];
  const query = { successorId: manager.userId };
  const remove = () => manager.client.removeUser({ params: { ...params, userId: ben.userId }, query });
  const restore = () => manager.client.restoreUser({ params: { ...params, userId: ben.userId } });
  expect(await counts(async () => take(await remove()))).toMatchObject({ Removals: 1 });
  expect(await counts(async () => take(await remove()))).not.toHaveProperty('Removals');
  expect(await counts(() => cleo.client.leaveOrganization({ params, query }))).toMatchObject({ Removals: 1 });
  expect(await counts(async () => take(await restore()))).toMatchObject({ Restores: 1 });
});

test('operators’ organizations count as what they make', async () => {
  const command = { command: 'create_organization', name: 'Acme', managerEmail: newEmail() };
  expect(await counts(() => stack.invoke('operate', command))).toMatchObject({ InvitesCreated: 1 });
});

test('a refused call is counted, and one that finds nothing is not', async () => {
  const { params } = organization;
  const { client } = await newMember(stack, organization);
  expect(await counts(() => client.createPool({ params, body: { name: 'x', parentId: 'pool_x' } }))).toEqual({
    RefusedCalls: 1,
  });
  expect(await counts(() => client.getUser({ params: { ...params, userId: 'usr_x' } }))).toEqual({});
});

test('a call that could not be answered is counted as a fault', async () => {
  const end = await stack.outage('directory');
  const { client } = organization.manager;
  expect(await counts(() => client.getMe({}))).toEqual({ Faults: 1 });
  await end();
});

test('a mail that SES did not take is counted, and again when it did', async () => {
  // The notices of the tests before wait for others.
  stack.advanceClock(noticeWindowSeconds * second);
  await stack.tick();
  const end = await stack.outage('mail');
  expect(await counts(() => invite([newEmail()]))).toMatchObject({ InvitesCreated: 1, MailsFailed: 1 });
  const { OldestUnsentMailSeconds, ...others } = await counts(async () =>
    stack.advanceClock((unsentMailAlarmSeconds + 60) * second),
  );
  expect(OldestUnsentMailSeconds).toBeGreaterThan(unsentMailAlarmSeconds);
  // The mail was put off, so it is not overdue work.
  expect(others).toEqual({ MailsFailed: 1 });
  await end();
  expect(await counts(async () => stack.advanceClock(16 * minute))).toMatchObject({ MailsSent: 1 });
  expect(await counts(async () => undefined)).toEqual({});
});

test('a run tells what it did, and how old the oldest piece of work is that it left', async () => {
  await stack.drain();
  await invite([newEmail()]);
  expect(await stack.invoke('work', {})).toMatchObject({
    ok: true,
    value: { pieces: 1, sent: 1, failed: 0, oldestDueSeconds: 0 },
  });
});

test('what is printed is metrics as CloudWatch reads them, and nothing else', async () => {
  await stack.tick();
  const lines = metricLines(stack);
  expect(lines.length).toBeGreaterThan(10);
  for (const { _aws, service, ...values } of lines) {
    expect(service).toBe('roster-local');
    expect(Math.abs(_aws.Timestamp - stack.now())).toBeLessThan(60 * minute);
    const [directive, ...others] = _aws.CloudWatchMetrics;
    expect(others).toEqual([]);
    expect(directive).toMatchObject({ Namespace: 'Roster', Dimensions: [['service']] });
    expect(directive?.Metrics).toEqual(
      Object.keys(values).map((Name) => ({ Name, Unit: metrics[Name as MetricName].unit })),
    );
    for (const value of Object.values(values)) expect(value).toEqual(expect.any(Number));
  }
  // All that there are, over the tests above. Others are counted in `canary.test.ts` and `fair-use.test.ts`.
  const elsewhere = ['CanaryPasses', 'LimitedCalls', 'UnchargedCalls'];
  expect(new Set([...lines.flatMap(namesIn), ...elsewhere])).toEqual(new Set(Object.keys(metrics)));
});
