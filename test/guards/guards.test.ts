import { expect, test } from 'vitest';
import { routes } from '../../shared/api/routes.ts';
import { proveGuards } from '../support/guarded.ts';
import { useStack } from '../support/stack.ts';
import { guardedOperations } from './guarded-operations.ts';

/** Tests each guard of each write on its own: the harm must occur without the guard and must not occur with it. */
useStack();

for (const operation of guardedOperations) proveGuards(operation);

/** These operations write only request counts and the day a user was last seen, which are tested as `limitSource` and `markSeen`. */
const changeNothing = ['checkPermissions', 'lookUpInvite'];

test('the guards of every API operation that changes something are tested', () => {
  const proven = new Set(guardedOperations.flatMap(({ operation }) => operation.split(':')[0]?.split(' and ') ?? []));
  const unproven = Object.entries(routes).filter(([name, { method }]) => method !== 'GET' && !proven.has(name));
  expect(unproven.map(([name]) => name).toSorted()).toEqual(changeNothing);
});
