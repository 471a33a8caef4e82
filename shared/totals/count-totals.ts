import { evaluateInvites } from '../invites/evaluate-invite.ts';
import { findInvites } from '../invites/find-invite.ts';
import { openStatuses } from '../invites/invite-status.ts';
import {
  inviteReminderDays,
  pageItemsMax,
  sweepPauseSeconds,
  totalsPauseSecondsMin,
  totalsPauseSecondsPerRequest,
  totalsRequestsPerStep,
} from '../limits.ts';
import { parseOrganization } from '../organizations/organization.ts';
import type { WorkServices } from '../ports.ts';
import { roles } from '../roles/role.ts';
import { equal } from '../table/condition.ts';
import { due, keys, notDue, partitions } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { guard, update } from '../table/write.ts';
import { after, day, second } from '../time.ts';
import { noTotals, parseTotals, type Progress, type Totals } from './totals.ts';

type CountServices = Pick<WorkServices, 'tenantTable' | 'poolTree' | 'clock'>;

/**
 * Counts the users and the pending invites of an organization if that is due: the next step of the count, of at most
 * `totalsRequestsPerStep` requests.
 *
 * The stream delivers a change at least once and in no order across items, so totals that add up changes would drift. A count
 * does not depend on earlier ones, so it is correct whatever was reported, and the daily sweep requests a new count in any case. A
 * count is cheap at any size, because DynamoDB returns only the numbers of users, and a pause in proportion to its size follows it.
 */
export const countTotals = async (services: CountServices, organizationId: string): Promise<void> => {
  const { tenantTable, clock } = services;
  const table = tenantTable(organizationId);
  const key = keys.totals(organizationId);
  const stored = parseTotals(await table.get(key));
  const now = clock.now();
  if (stored.dueAt === undefined || stored.dueAt > now) return;
  const begun = stored.progress ?? { startedAt: now, place: 0, requests: 0, found: noTotals() };
  const progress = await countOn(services, table, organizationId, begun);
  if (progress.place < counts.length) {
    const next = due(after(clock.now(), sweepPauseSeconds * second));
    await table.update(update(key, { set: { progress: JSON.stringify(progress), ...next }, remove: ['wake'] }));
    return;
  }
  const { startedAt, requests, found } = progress;
  const pause = Math.max(totalsPauseSecondsMin, requests * totalsPauseSecondsPerRequest) * second;
  const notBefore = after(clock.now(), pause);
  const result = { counted: JSON.stringify(found), asOf: startedAt, notBefore };
  const { changedAt = '' } = stored;
  const isLate = changedAt > startedAt;
  const finished = await table.update(
    update(
      key,
      { set: { ...result, ...(isLate && due(notBefore)) }, remove: ['progress', ...(isLate ? ['wake'] : notDue)] },
      guard(equal('changedAt', changedAt), 'changed'),
    ),
  );
  // The result may lack changes that were reported during this step, so the organization is counted again.
  if (!finished.ok)
    await table.update(update(key, { set: { ...result, ...due(notBefore) }, remove: ['progress', 'wake'] }));
};

/** Counts until the step has reached its maximum number of requests or everything is counted. */
const countOn = async (
  { poolTree, clock }: CountServices,
  table: Table,
  organizationId: string,
  begun: Progress,
): Promise<Progress> => {
  const now = clock.now();
  const { treeVersion } = parseOrganization(await table.get(keys.organization(organizationId)));
  const tree = await poolTree(table, organizationId, treeVersion);
  let progress = begun;
  for (let left = totalsRequestsPerStep; left > 0; left -= 1) {
    const count = counts[progress.place];
    if (!count) break;
    const { next, requests = 1 } = await count({ table, organizationId, tree, now }, progress);
    const { after: _, ...rest } = progress;
    progress = {
      ...rest,
      requests: progress.requests + requests,
      ...(next === undefined ? { place: progress.place + 1 } : { after: next }),
    };
  }
  return progress;
};

interface Counting {
  table: Table;
  organizationId: string;
  tree: Awaited<ReturnType<WorkServices['poolTree']>>;
  now: string;
}

/** Counts the next page of a partition and adds it to `found`. Returns the position of the page after it, if there is one. */
type Count = (counting: Counting, progress: Progress) => Promise<{ next?: string | undefined; requests?: number }>;

const countItems =
  (
    query: (organizationId: string) => { index?: 'gsi1'; pk: string },
    add: (found: Totals, count: number) => void,
  ): Count =>
  async ({ table, organizationId }, { after: position, found }) => {
    const page = await table.count({
      ...query(organizationId),
      ...(position !== undefined && { after: position }),
    });
    add(found, page.count);
    return page;
  };

/**
 * The effective status of an invite also depends on its roles, its inviter and the pools, which no index contains, so open
 * invites are read.
 */
const countInvites =
  (status: (typeof openStatuses)[number]): Count =>
  async ({ table, organizationId, tree, now }, { after: position, found }) => {
    const page = await table.query({
      index: 'gsi1',
      pk: partitions.invitesByStatus(organizationId, status),
      limit: pageItemsMax,
      ...(position !== undefined && { after: position }),
    });
    const ids = page.items.map(({ sk }) => sk);
    const invites = await findInvites(table, organizationId, ids);
    const soon = after(now, inviteReminderDays * day);
    for (const each of await evaluateInvites(table, organizationId, invites, { tree, now })) {
      if (each.status !== 'pending') continue;
      found.pending += 1;
      if (each.invite.delivery === 'bounced') found.bounced += 1;
      if (each.invite.expiresAt <= soon) found.expiring += 1;
    }
    return { next: page.next, requests: ids.length === 0 ? 1 : requestsPerInvitesPage };
  };

/** The requests for a page of invites: the Query, the read of the invites and the read of their inviters. */
const requestsPerInvitesPage = 3;

/** All counts, in their order. */
const counts: readonly Count[] = [
  countItems(
    (organizationId) => ({ pk: partitions.users(organizationId) }),
    (found, count) => {
      found.users += count;
    },
  ),
  ...roles.map((role) =>
    countItems(
      (organizationId) => ({ pk: partitions.role(organizationId, role) }),
      (found, count) => {
        found.byRole[role] += count;
      },
    ),
  ),
  countItems(
    (organizationId) => ({ index: 'gsi1', pk: partitions.usersByRemoval(organizationId) }),
    (found, count) => {
      found.removed += count;
    },
  ),
  ...openStatuses.map(countInvites),
];
