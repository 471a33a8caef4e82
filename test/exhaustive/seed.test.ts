import { decodeTime } from 'ulid';
import { beforeAll, expect, test } from 'vitest';
import { seed } from '../../infra/local/seed.ts';
import { seededInvites, seededUsers } from '../../infra/local/seed-data.ts';
import type { Client } from '../../shared/api/client.ts';

import { warm } from '../support/clock.ts';
import { everyPage } from '../support/organization.ts';
import { useStack } from '../support/stack.ts';

/** The data of a freshly started local stack must be plausible: no date is in the future, and no effect precedes its cause. */
const stack = useStack();

let client: Client;
let params: { organizationId: string };
let present: string;

beforeAll(async () => {
  const { organizationId, manager } = await seed(warm.now());
  ({ client } = await stack.signIn(manager.email, manager.password));
  params = { organizationId };
  present = new Date(warm.now()).toISOString();
});

test('the invitations have the status that their dates imply', async () => {
  const invites = await everyPage((page) => client.listInvites({ params, query: { limit: 100, ...page } }));
  expect(invites).toHaveLength(seededUsers.length + seededInvites.length);
  for (const { email, status, createdAt, expiresAt, sentAt, acceptedAt } of invites) {
    expect(createdAt <= present, `${email} was invited`).toBe(true);
    expect((sentAt ?? createdAt) <= present && (sentAt ?? createdAt) >= createdAt, `${email} was sent`).toBe(true);
    if (status === 'expired') expect(expiresAt < present, `${email} expired`).toBe(true);
    if (status === 'pending') expect(expiresAt > present, `${email} is pending`).toBe(true);
    if (acceptedAt !== undefined) {
      expect(acceptedAt > createdAt && acceptedAt <= present, `${email} accepted`).toBe(true);
      expect(acceptedAt < expiresAt, `${email} accepted in time`).toBe(true);
    }
  }
  expect(new Set(invites.map(({ status }) => status))).toEqual(
    new Set(['accepted', 'declined', 'revoked', 'expired', 'pending']),
  );
});

test('the audit log begins with the creation of the organization, and its events are in order and in the past', async () => {
  const events = await everyPage((page) => client.listAuditEvents({ params, query: { limit: 100, ...page } }));
  const times = events.map(({ at }) => at).toReversed();
  expect(times).toEqual(times.toSorted());
  expect(times.every((at) => at <= present)).toBe(true);
  expect(events.at(-1)?.action).toBe('organization_created');
  // The events have different times, because the seed spreads them over the days before the start.
  expect(new Set(times).size).toBeGreaterThan(seededUsers.length);
});

test('nobody joined before the organization existed, or was seen before they joined', async () => {
  const users = await everyPage((page) => client.listUsers({ params, query: { limit: 100, ...page } }));
  const created = new Date(decodeTime(params.organizationId.replace('org_', ''))).toISOString();
  for (const { name, joinedAt, lastSeenAt } of users) {
    expect(joinedAt >= created && joinedAt <= present, `${name} joined`).toBe(true);
    expect((lastSeenAt ?? joinedAt).slice(0, 10) >= joinedAt.slice(0, 10), `${name} was seen`).toBe(true);
    expect((lastSeenAt ?? '') <= present, `${name} was seen before now`).toBe(true);
  }
});
