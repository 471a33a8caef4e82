import { beforeAll, expect, test } from 'vitest';
import {
  everyPage,
  newEmail,
  newOrganization,
  refusal,
  take,
  wrongFields,
  type TestOrganization,
} from '../support/organization.ts';
import { useStack } from '../support/stack.ts';
import { changesOf, everyItem } from '../support/table-items.ts';

/** A file of its own: nothing here waits for the thousand mails. */
const stack = useStack();
const second = 1_000;
const day = 24 * 60 * 60 * second;

let organization: TestOrganization;
const emails = Array.from({ length: 1_000 }, () => newEmail('bulk'));
let ids: string[];

const invite = (to: string[], idempotencyKey = 'k') => {
  const { params, manager } = organization;
  return manager.client.inviteUsers({ params, body: { emails: to, roles: [{ role: 'member' }] } }, { idempotencyKey });
};

beforeAll(async () => {
  // Noon, so that no test meets the end of the day's quota by chance.
  stack.advanceClock(day + day / 2 - (stack.now() % day));
  organization = await newOrganization(stack);
  const { summary, results } = take(await invite(emails));
  expect(summary).toEqual({ created: 1_000 });
  expect(results.map(({ email, invite: shown }) => shown?.email ?? email)).toEqual(emails);
  ids = results.map((result) => result.invite?.id ?? '');
});

test('1,000 addresses in one call are 1,000 invites, written in at most 40 transactions', async () => {
  expect(new Set(ids).size).toBe(1_000);
  const { params, manager } = organization;
  const listed = await everyPage((cursor) => manager.client.listInvites({ params, query: { limit: 100, ...cursor } }));
  expect(listed.map(({ id }) => id)).toEqual(ids.toReversed());
  const { items } = take(await manager.client.listAuditEvents({ params, query: { limit: 100 } }));
  const events = items.filter(({ action }) => action === 'invites_created');
  // One event a transaction.
  expect(events.length).toBeLessThanOrEqual(40);
  expect(events.toReversed().flatMap(({ targets }) => targets)).toEqual(ids);
});

test('repeated with their Idempotency-Key they are answered created again, and nothing is written or sent', async () => {
  const before = await everyItem(stack);
  const { summary, results } = take(await invite(emails));
  expect(summary).toEqual({ created: 1_000 });
  expect(results.map((result) => result.invite?.id)).toEqual(ids);
  expect(changesOf(before, await everyItem(stack))).toEqual([]);
});

test('with the same key another body is refused', async () => {
  const reply = await invite(emails.slice(1));
  expect(refusal(reply)).toBe('422 idempotency_key_reused');
  expect(wrongFields(reply)).toEqual(['Idempotency-Key idempotency_key_reused']);
});

test('they are the quota of a day: no more is invited, resent or corrected until the next one begins', async () => {
  const { params, manager } = organization;
  const one = { params: { ...params, inviteId: ids[0] ?? '' } };
  expect(take(await invite([newEmail()], 'another')).summary).toEqual({ over_quota: 1 });
  stack.advanceClock(61 * second);
  for (const reply of [
    await manager.client.resendInvite(one),
    await manager.client.updateInvite({ ...one, body: { email: newEmail() } }),
  ]) {
    expect(refusal(reply)).toBe('429 quota_exceeded');
    const untilMidnight = (day - (stack.now() % day)) / second;
    expect(Math.abs(Number(reply.headers.get('retry-after')) - untilMidnight)).toBeLessThan(30);
  }
  const batch = { params, body: { action: 'resend' as const, ids: [ids[1] ?? ''] } };
  expect(take(await manager.client.changeInvites(batch)).results).toMatchObject([
    { ok: false, code: 'quota_exceeded' },
  ]);
  // Roles cost no mail.
  take(await manager.client.updateInvite({ ...one, body: { roles: [{ role: 'organization_manager' }] } }));

  stack.advanceClock(day - (stack.now() % day));
  expect(take(await invite([newEmail()], 'tomorrow')).summary).toEqual({ created: 1 });
  expect(take(await manager.client.resendInvite(one)).delivery).toBe('queued');
});
