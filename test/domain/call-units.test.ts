import { describe, expect, test } from 'vitest';
import type { Route } from '../../shared/api/route.ts';
import { routes, type RouteName } from '../../shared/api/routes.ts';
import { callUnits } from '../../shared/fair-use/call-units.ts';
import { ordinaryUnitsMax } from '../../shared/limits.ts';
import { accessPatterns, specialCases } from '../../shared/table/access-patterns.ts';

const listOf = (length: number) => Array.from({ length });

/** The requests whose cost `accessPatterns` states: a page of 10 items, 30 addresses, 100 resources, one user. */
const bodies: Partial<Record<RouteName, object>> = {
  inviteUsers: { emails: listOf(30), roles: listOf(1) },
  ingestResources: { items: listOf(100) },
  changeInvites: { ids: listOf(1) },
  changeRolesOfUsers: { userIds: listOf(1), roles: listOf(1) },
  removeUsers: { userIds: listOf(1) },
  checkPermissions: { checks: listOf(1) },
};

const isList = ({ query }: Route): boolean => 'limit' in query.shape;

const estimate = (name: RouteName, query: object = {}, body: object | undefined = bodies[name]): number =>
  callUnits(routes[name], { query: { ...(isList(routes[name]) && { limit: 10 }), ...query }, body });

/** Public routes are limited by source address. */
const measured = (Object.keys(accessPatterns) as (keyof typeof accessPatterns)[])
  .filter((name) => (routes[name] as Route).access !== 'public')
  .map((name) => ({ name, units: accessPatterns[name].readUnits + accessPatterns[name].writeUnits }));

describe('the estimate of a call', () => {
  test.each(measured)(
    'of $name is at least the $units units that it costs, and charged only if it may be costly',
    (row) => {
      const { name, units } = row;
      expect(estimate(name)).toBeGreaterThanOrEqual(units);
      const mayBeCostly = (routes[name] as Route).units !== undefined;
      if (!mayBeCostly) expect(estimate(name)).toBeLessThanOrEqual(ordinaryUnitsMax);
    },
  );

  test.each([
    ['an unfiltered list of users', accessPatterns.listUsers, estimate('listUsers')],
    ['users by text', specialCases['listUsers, by text, domain, role or pool'], estimate('listUsers', { search: 'a' })],
    ['users by joining', specialCases['listUsers, by time of joining'], estimate('listUsers', { sort: 'joined' })],
    ['a name of 8 words', specialCases['updateMe, from one word to 8'], estimate('updateMe')],
  ])('of %s is at least its cost', (_, { readUnits, writeUnits }, units) => {
    expect(units).toBeGreaterThanOrEqual(readUnits + writeUnits);
  });

  test('grows with the items that a request names or may return', () => {
    expect(estimate('inviteUsers', {}, { invitees: listOf(1_000) })).toBeGreaterThan(
      10 * estimate('inviteUsers', {}, { invitees: listOf(50) }),
    );
    expect(estimate('listInvites', { limit: 100 })).toBeGreaterThan(ordinaryUnitsMax);
    expect(estimate('listInvites', { limit: 1 })).toBeLessThanOrEqual(ordinaryUnitsMax);
  });

  test('of a dry run is lower, and covers its reads', () => {
    const emails = listOf(1_000);
    const dryRun = estimate('inviteUsers', {}, { emails, dryRun: true });
    expect(dryRun).toBeLessThan(estimate('inviteUsers', {}, { emails, dryRun: false }));
    expect(dryRun).toBeGreaterThan(3 * emails.length);
  });
});
