import { beforeAll, describe, expect, test } from 'vitest';
import { complained, delivered } from '../../infra/local/mail-outcomes.ts';
import { changeInvites } from '../../shared/invites/change-invites.ts';
import { inviteUsers } from '../../shared/invites/invite-users.ts';
import { updateInvite } from '../../shared/invites/update-invite.ts';
import type { Services } from '../../shared/ports.ts';
import { keys } from '../../shared/table/keys.ts';
import { dayOf } from '../../shared/time.ts';
import { clock } from '../support/clock.ts';
import { queueInvite, runWorker, scriptedMailer, tell } from '../support/deliveries.ts';
import { asMember, manyEmails } from '../support/inviting.ts';
import { callerOf, servicesOf } from '../support/operations.ts';
import { newOrganization, take, type TestMember, type TestOrganization } from '../support/organization.ts';
import { useStack } from '../support/stack.ts';

/** What one person can request, however many organizations the person creates. The stage of these tests has no low start, so each test sets one. */
const stack = useStack();
const start = 20;
const today = () => dayOf(clock.now());

const limited = (organizationId: string): Services => {
  const services = servicesOf(organizationId);
  return { ...services, settings: { ...services.settings, inviteQuotaStart: start } };
};

const invite = async (organization: TestOrganization, by: TestMember, count: number, dryRun = false) => {
  const result = await inviteUsers(limited(organization.id))(callerOf(by), {
    params: organization.params,
    query: {},
    body: { emails: manyEmails(count), roles: asMember, dryRun },
  });
  return result.ok ? result.value.summary : result.error;
};

/** Two organizations of one manager. */
const twoOrganizations = async (): Promise<[TestOrganization, TestOrganization]> => {
  const first = await newOrganization(stack);
  const { client } = first.manager;
  const { id, rootPoolId } = take(await client.createOrganization({ body: { name: 'Second' } }));
  const params = { organizationId: id };
  const { id: userId } = take(await client.getMyUser({ params }));
  return [first, { id, rootPoolId, params, manager: { ...first.manager, userId } }];
};

describe('a person with two new organizations', () => {
  let first: TestOrganization;
  let second: TestOrganization;
  beforeAll(async () => ([first, second] = await twoOrganizations()));

  test('has the budget of one', async () => {
    expect(await invite(first, first.manager, start - 5)).toEqual({ created: start - 5 });
    expect(await invite(second, second.manager, start, true)).toEqual({ created: 5, over_quota: start - 5 });
    expect(await invite(second, second.manager, start)).toEqual({ created: 5, over_quota: start - 5 });
    expect(await invite(first, first.manager, 1)).toEqual({ over_quota: 1 });
  });

  test('cannot resend or correct invites above it either', async () => {
    const { items } = take(await second.manager.client.listInvites({ params: second.params, query: {} }));
    const [{ id: inviteId } = expect.unreachable()] = items;
    stack.advanceClock(61_000);
    const services = limited(second.id);
    const corrected = await updateInvite(services)(callerOf(second.manager), {
      params: { ...second.params, inviteId },
      query: {},
      body: { email: manyEmails(1)[0] },
    });
    expect(corrected).toMatchObject({ ok: false, error: { code: 'quota_exceeded' } });
    const resent = await changeInvites(services)(callerOf(second.manager), {
      params: second.params,
      query: {},
      body: { action: 'resend', ids: [inviteId] },
    });
    expect(resent).toMatchObject({ ok: true, value: { results: [{ ok: false, code: 'quota_exceeded' }] } });
  });
});

test('a request with several parts takes from both counts, and returns what it does not use to both', async () => {
  const [organization] = await twoOrganizations();
  const { id, manager, params } = organization;
  const services = servicesOf(id);
  const emails = manyEmails(40);
  take(await manager.client.inviteUsers({ params, body: { emails: emails.slice(0, 10), roles: asMember } }));
  const again = await manager.client.inviteUsers({ params, body: { emails, roles: asMember } });
  expect(take(again).summary).toEqual({ created: 30, already_invited: 10 });
  const counts = await Promise.all([
    services.table.get(keys.quota(id, today())),
    services.personTable(manager.personId).get(keys.personMails(manager.personId, today())),
  ]);
  expect(counts.map((item) => item?.asked)).toEqual([40, 40]);
});

test('the record of an organization counts each delivered and each complained email once', async () => {
  const organization = await newOrganization(stack);
  const queued = await queueInvite(organization);
  const mailer = scriptedMailer();
  await runWorker(mailer, { only: [queued.id] });
  const [mail = expect.unreachable()] = mailer.taken;
  const record = () => servicesOf(organization.id).table.get(keys.mailRecord(organization.id));
  await tell(mail, delivered);
  await tell(mail, delivered);
  await tell(mail, complained);
  await tell(mail, complained);
  expect(await record()).toMatchObject({ delivered: 1, complained: 1 });
});
