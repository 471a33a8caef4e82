import { beforeAll, expect, test } from 'vitest';
import { resourceItem } from '../../shared/resources/resource.ts';
import { listAuditEvents } from '../../shared/organizations/list-audit-events.ts';
import { listInvites } from '../../shared/invites/list-invites.ts';
import { listResources } from '../../shared/resources/list-resources.ts';
import type { Input, Operation, Output, Route } from '../../shared/api/route.ts';
import { audit, type AuditAction } from '../../shared/audit/audit-event.ts';
import { earliestId } from '../../shared/id-time.ts';
import { put } from '../../shared/table/write.ts';
import { callerOf, servicesOf } from '../support/operations.ts';
import { aManager, plantInvite, plantOrganization, tableFor, type PlantedOrganization } from '../support/planted.ts';
import { useStack } from '../support/stack.ts';

useStack();
const manager = aManager({ name: 'Mara' });
const other = aManager({ name: 'Otto' });
let organization: PlantedOrganization;

beforeAll(async () => {
  organization = await plantOrganization([manager, other]);
});

/** All items of a list, read in pages of two. */
const all = async <R extends Route>(
  operation: Operation<R>,
  query: Partial<Input<R>['query']>,
): Promise<Output<R> extends { items: (infer T)[] } ? T[] : never> => {
  const items: unknown[] = [];
  let cursor: string | undefined;
  do {
    const input = { params: organization.params, query: { limit: 2, ...query, cursor }, body: undefined };
    const result = await operation(servicesOf(organization.id))(callerOf(manager), input as unknown as Input<R>);
    if (!result.ok) expect.unreachable(result.error.code);
    const page = result.value as { items: unknown[]; nextCursor?: string };
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return items as never;
};

test('invites are filtered by the state of their email and by who sent them, also with a status', async () => {
  const bounced = await plantInvite(organization.id, manager, { delivery: 'bounced' });
  const byOther = await plantInvite(organization.id, other, { delivery: 'bounced' });
  const passedOn = await plantInvite(organization.id, other, { firstInvitedBy: manager.id });
  const found = async (query: Partial<Input<typeof listInvites extends Operation<infer R> ? R : never>['query']>) =>
    (await all(listInvites, query)).map(({ id }) => id);
  const [first, second, third] = [bounced, byOther, passedOn].map(({ invite }) => invite.id);
  expect(await found({ delivery: 'bounced' })).toEqual([second, first]);
  expect(await found({ inviterId: manager.id })).toEqual([third, first]);
  expect(await found({ inviterId: manager.id, delivery: 'sent' })).toEqual([third]);
  expect(await found({ status: 'pending', inviterId: other.id })).toEqual([second]);
  expect(await found({ status: 'expired', inviterId: other.id })).toEqual([]);
});

test('invites are filtered by when they expire, also with a status', async () => {
  const soon = await plantInvite(organization.id, manager, { expiresAt: '2027-03-01T10:00:00.000Z' });
  await plantInvite(organization.id, manager, { expiresAt: '2027-03-01T10:00:00.001Z' });
  const expiresBefore = '2027-03-01T10:00:00.001Z';
  for (const status of [undefined, 'pending'] as const) {
    const found = await all(listInvites, { status, expiresBefore, search: undefined });
    expect(found.map(({ id }) => id)).toContain(soon.invite.id);
    expect(found.every(({ expiresAt }) => expiresAt < expiresBefore)).toBe(true);
  }
});

test('resources are filtered by type and by words of the name', async () => {
  const table = tableFor(organization.id);
  const resources = [
    ['Büro server', 'vm'],
    ['Build server', 'vm'],
    ['buro disk', 'disk'],
  ].map(([name = '', type = ''], index) => ({
    id: `res_${index}`,
    name,
    type,
    poolId: organization.rootPoolId,
    holderId: manager.id,
    tags: {},
    createdAt: '2026-11-01T09:00:00.000Z',
    ingestedIn: [],
    version: 1,
  }));
  await table.transact(resources.map((resource) => put(resourceItem(organization.id, resource))));
  const found = async (query: { type?: string; name?: string; ownerId?: string }) =>
    (await all(listResources, { subPools: false, ...query })).map(({ name }) => name).toSorted();
  expect(await found({ type: 'vm' })).toEqual(['Build server', 'Büro server']);
  expect(await found({ name: 'BURO' })).toEqual(['Büro server', 'buro disk']);
  expect(await found({ name: 'serv bür', type: 'vm', ownerId: manager.id })).toEqual(['Büro server']);
  expect(await found({ type: 'VM' })).toEqual([]);
});

/** Stores events of four days, each a minute after its operation began. */
test('audit events are filtered by action and by time, and reading stops at the end of the range', async () => {
  const at = (day: number) => `2026-10-0${day}T12:00:00.000Z`;
  const actions: AuditAction[] = ['settings_changed', 'user_renamed', 'settings_changed', 'user_renamed'];
  await tableFor(organization.id).transact(
    actions.flatMap((action, index) => {
      const time = Date.parse(at(index + 1)) + 60_000;
      const id = `${earliestId('evt', time)}AAAAAAAAAAAAAAAA`;
      const event = { organizationId: organization.id, id, at: at(index + 1), action, targets: [manager] };
      return audit({ ...event, actor: manager, requestId: 'r' });
    }),
  );
  const found = async (query: {
    from?: string;
    to?: string;
    action?: AuditAction;
    actorId?: string;
    targetId?: string;
  }) => (await all(listAuditEvents, query)).map((event) => event.at);
  expect(await found({ to: at(5) })).toEqual([at(4), at(3), at(2), at(1)]);
  expect(await found({ from: at(2), to: at(4) })).toEqual([at(3), at(2)]);
  expect(await found({ from: '2026-10-02T12:00:00.001Z', to: at(5) })).toEqual([at(4), at(3)]);
  expect(await found({ to: at(4), action: 'user_renamed' })).toEqual([at(2)]);
  expect(await found({ from: at(2), to: at(4), actorId: manager.id })).toEqual([at(3), at(2)]);
  expect(await found({ from: at(2), to: at(4), targetId: manager.id })).toEqual([at(3), at(2)]);
  expect(await found({ from: at(4), to: at(2) })).toEqual([]);
});
