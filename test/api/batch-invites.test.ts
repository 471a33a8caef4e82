import { beforeAll, describe, expect, test } from 'vitest';
import { changeInvites } from '../../shared/invites/change-invites.ts';
import { callerOf, servicesOf } from '../support/operations.ts';
import {
  everyPage,
  inviteByMail,
  newEmail,
  newestToken,
  newMember,
  newOrganization,
  refusal,
  take,
  wrongFields,
  type TestOrganization,
} from '../support/organization.ts';
import { password, useStack } from '../support/stack.ts';

const stack = useStack();
const second = 1_000;
const day = 24 * 60 * 60 * second;

// The tests begin at noon, so that the daily limits are not reset while a test runs.
beforeAll(() => stack.advanceClock(day + day / 2 - (stack.now() % day)));

type Action = 'resend' | 'revoke';

const change = async ({ params, manager }: TestOrganization, action: Action, ids: string[]) =>
  take(await manager.client.changeInvites({ params, body: { action, ids } })).results;

const invite = async ({ params, manager }: TestOrganization, emails: string[]): Promise<string[]> => {
  const body = { emails, roles: [{ role: 'member' as const }] };
  const { results } = take(await manager.client.inviteUsers({ params, body }));
  return results.map((result) => result.invite?.id ?? '');
};

const listed = ({ params, manager }: TestOrganization) =>
  everyPage((cursor) => manager.client.listInvites({ params, query: { limit: 100, ...cursor } }));

/** For each invite, the error code if it was not changed, or an empty string. */
const codes = (results: Awaited<ReturnType<typeof change>>) => results.map(({ id, ok, code }) => [id, ok ? '' : code]);

describe('100 invites at once', () => {
  let organization: TestOrganization;
  let ids: string[];
  beforeAll(async () => {
    organization = await newOrganization(stack);
    ids = await invite(
      organization,
      Array.from({ length: 100 }, () => newEmail('many')),
    );
  });

  test('each report when they can be resent if they were requested less than 60 seconds ago', async () => {
    const results = await change(organization, 'resend', ids);
    expect(codes(results)).toEqual(ids.map((id) => [id, 'too_soon']));
    for (const { retryAfter = 0, detail, invite: shown } of results) {
      expect(retryAfter).toBeGreaterThan(0);
      expect(retryAfter).toBeLessThanOrEqual(60);
      expect(detail).toContain('less than 60 seconds');
      expect(shown).toBeUndefined();
    }
  });

  test('are all resent, and the results show them as resent, in the order of the request', async () => {
    stack.advanceClock(61 * second);
    const given = ids.toReversed();
    const results = await change(organization, 'resend', given);
    expect(codes(results)).toEqual(given.map((id) => [id, '']));
    expect(results.map((result) => result.invite)).toEqual(await listed(organization));
    expect(results.every((result) => result.invite?.version === 2)).toBe(true);
  });

  test('are all revoked, and cannot be revoked again', async () => {
    expect(codes(await change(organization, 'revoke', ids))).toEqual(ids.map((id) => [id, '']));
    expect((await listed(organization)).every(({ status }) => status === 'revoked')).toBe(true);
    expect(codes(await change(organization, 'revoke', ids))).toEqual(ids.map((id) => [id, 'invite_settled']));
  });
});

/** An invite in each state in which it can or cannot be changed. */
const oneOfEach = async (organization: TestOrganization) => {
  const [pending, accepted, declined, revoked, expiring] = [
    await inviteByMail(stack, organization, newEmail('pending')),
    await inviteByMail(stack, organization, newEmail('accepted')),
    await inviteByMail(stack, organization, newEmail('declined')),
    await inviteByMail(stack, organization, newEmail('revoked')),
    newEmail('expired'),
  ];
  const { params, manager } = organization;
  take(await stack.anybody.acceptInvite({ body: { token: accepted.token, password } }));
  take(await stack.anybody.declineInvite({ body: { token: declined.token } }));
  take(await manager.client.revokeInvite({ params: { ...params, inviteId: revoked.inviteId } }));
  const body = { emails: [expiring], roles: [{ role: 'member' as const }], expiresInDays: 1 };
  const expired = take(await manager.client.inviteUsers({ params, body })).results[0]?.invite?.id ?? '';
  const suppressed = `bounce+${newEmail().split('@')[0]}@simulator.amazonses.com`;
  const bounced = await inviteByMail(stack, organization, suppressed);
  stack.advanceClock(day + second);
  const [elsewhere] = await invite(await newOrganization(stack), [newEmail()]);
  const [recent] = await invite(organization, [newEmail('recent')]);
  return {
    pending: pending.inviteId,
    accepted: accepted.inviteId,
    declined: declined.inviteId,
    revoked: revoked.inviteId,
    expired,
    bounced: bounced.inviteId,
    recent: recent ?? '',
    elsewhere: elsewhere ?? '',
    unknown: 'inv_none',
    tokenOfPending: pending.token,
    emailOfExpired: expiring,
  };
};

describe('invites in every state', () => {
  test('are resent if they can be, and each of the others reports why not', async () => {
    const organization = await newOrganization(stack);
    const of = await oneOfEach(organization);
    const results = await change(organization, 'resend', [
      of.accepted,
      of.recent,
      of.pending,
      of.unknown,
      of.expired,
      of.bounced,
      of.elsewhere,
      of.declined,
      of.revoked,
    ]);
    expect(codes(results)).toEqual([
      [of.accepted, 'invite_settled'],
      [of.recent, 'too_soon'],
      [of.pending, ''],
      [of.unknown, 'invite_not_found'],
      [of.expired, ''],
      [of.bounced, 'address_suppressed'],
      [of.elsewhere, 'invite_not_found'],
      [of.declined, 'invite_settled'],
      [of.revoked, 'invite_settled'],
    ]);
    expect(results[1]?.retryAfter).toBeLessThanOrEqual(60);
    expect(results.filter(({ retryAfter }) => retryAfter !== undefined)).toHaveLength(1);
    expect(results.flatMap((result) => result.invite?.status ?? [])).toEqual(['pending', 'pending']);
    const { anybody } = stack;
    expect(refusal(await anybody.lookUpInvite({ body: { token: of.tokenOfPending } }))).toBe('410 invite_superseded');
    const renewed = await newestToken(stack, of.emailOfExpired);
    take(await anybody.acceptInvite({ body: { token: renewed, password } }));
  });

  test('are revoked if they are pending, and each of the others reports why not', async () => {
    const organization = await newOrganization(stack);
    const of = await oneOfEach(organization);
    const ids = [of.expired, of.bounced, of.recent, of.elsewhere, of.accepted, of.pending, of.unknown, of.revoked];
    expect(codes(await change(organization, 'revoke', ids))).toEqual([
      [of.expired, 'invite_settled'],
      [of.bounced, ''],
      [of.recent, ''],
      [of.elsewhere, 'invite_not_found'],
      [of.accepted, 'invite_settled'],
      [of.pending, ''],
      [of.unknown, 'invite_not_found'],
      [of.revoked, 'invite_settled'],
    ]);
    expect(refusal(await stack.anybody.lookUpInvite({ body: { token: of.tokenOfPending } }))).toBe(
      '410 invite_revoked',
    );
  });

  test('are changed once if the request contains them twice', async () => {
    const organization = await newOrganization(stack);
    const [one = '', other = ''] = await invite(organization, [newEmail(), newEmail()]);
    stack.advanceClock(61 * second);
    const results = await change(organization, 'resend', [one, other, one, one]);
    expect(codes(results)).toEqual([
      [one, ''],
      [other, ''],
    ]);
    expect((await listed(organization)).map(({ version }) => version)).toEqual([2, 2]);
  });

  test('beyond the daily quota are refused one by one, each with the time until the quota is reset', async () => {
    const organization = await newOrganization(stack);
    const ids = await invite(
      organization,
      Array.from({ length: 12 }, () => newEmail()),
    );
    const services = servicesOf(organization.id);
    stack.advanceClock(61 * second);
    const result = await changeInvites({
      ...services,
      settings: { ...services.settings, inviteQuota: 20 },
    })(callerOf(organization.manager), {
      params: organization.params,
      query: {},
      body: { action: 'resend', ids },
    });
    const results = result.ok ? result.value.results : [];
    expect(results.map(({ id }) => id)).toEqual(ids);
    expect(results.filter(({ ok }) => ok)).toHaveLength(8);
    const refused = results.filter(({ ok }) => !ok);
    expect(refused.map(({ code }) => code)).toEqual(Array(4).fill('quota_exceeded'));
    for (const { retryAfter = 0 } of refused) {
      expect(retryAfter).toBeGreaterThan(11 * 60 * 60);
      expect(retryAfter).toBeLessThanOrEqual(12 * 60 * 60);
    }
    expect((await listed(organization)).filter(({ version }) => version === 2)).toHaveLength(8);
  });
});

describe('a batch', () => {
  test('contains at least one invite, and at most 100', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    for (const length of [0, 101]) {
      const ids = Array.from({ length }, (_, index) => `inv_${index}`);
      const reply = await manager.client.changeInvites({ params, body: { action: 'revoke', ids } });
      expect(refusal(reply)).toBe('400 invalid_request');
      expect(wrongFields(reply)).toEqual([`/ids ${length ? 'too_big' : 'too_small'}`]);
    }
  });

  test('is for organization managers only', async () => {
    const organization = await newOrganization(stack);
    const [id = ''] = await invite(organization, [newEmail()]);
    const manager = await newMember(stack, organization, [{ role: 'manager', poolId: organization.rootPoolId }]);
    for (const action of ['resend', 'revoke'] as const) {
      const reply = await manager.client.changeInvites({ params: organization.params, body: { action, ids: [id] } });
      expect(refusal(reply)).toBe('403 forbidden');
    }
    expect((await listed(organization)).find((each) => each.id === id)?.status).toBe('pending');
  });
});
