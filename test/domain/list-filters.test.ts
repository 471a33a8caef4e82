import { expect, test } from 'vitest';
import * as z from 'zod';
import type { Route } from '../../shared/api/route.ts';
import { routes } from '../../shared/api/routes.ts';

/**
 * Nobody can find a record by a field that they may not see. A list has one form for everybody who may read it, so this holds if
 * each filter and each order concerns only fields that the items of the list show. A filter that is not in this table fails.
 */
const shownFields: Record<string, Record<string, string[]>> = {
  listOrganizations: {},
  listMyInvites: {},
  listUsers: {
    search: ['name', 'email'],
    status: ['status'],
    role: ['roles'],
    poolId: ['roles'],
    domain: ['email'],
    sort: ['name', 'joinedAt', 'removedAt'],
  },
  listInvites: {
    status: ['status'],
    search: ['email'],
    delivery: ['delivery'],
    inviterId: ['invitedBy'],
    expiresBefore: ['expiresAt'],
  },
  listPools: {},
  listPoolUsers: { subPools: ['through'] },
  listResources: {
    poolId: ['poolId'],
    subPools: ['poolId'],
    ownerId: ['ownerId'],
    type: ['type'],
    name: ['name'],
  },
  listPolicies: { type: ['type'] },
  listDataSources: {},
  listServiceAccounts: {},
  listAuditEvents: { actorId: ['actor'], targetId: ['targets'], action: ['action'], from: ['at'], to: ['at'] },
};

const paging = new Set(['limit', 'cursor']);

const lists = Object.entries<Route>(routes).filter(([name]) => name.startsWith('list'));

test.each(lists)('%s filters records only by fields that it shows', (name, { query, response }) => {
  const shown = shownFields[name] ?? {};
  expect(
    Object.keys(query.shape)
      .filter((parameter) => !paging.has(parameter))
      .toSorted(),
  ).toEqual(Object.keys(shown).toSorted());
  const document = JSON.stringify(z.toJSONSchema((response as z.ZodObject).shape.items as z.ZodType));
  const unseen = Object.values(shown)
    .flat()
    .filter((field) => !document.includes(`"${field}":`));
  expect(unseen).toEqual([]);
});
