import { expect, test } from 'vitest';
import { routes } from '../../shared/api/routes.ts';
import { proveGuards } from '../support/guarded.ts';
import { useStack } from '../support/stack.ts';
import { guardedOperations } from './guarded-operations.ts';

/** Every guard of every write, one by one: with it a harm does not come about, without it the harm does. */
useStack();

for (const operation of guardedOperations) proveGuards(operation);

/** They change nothing of the organization: their source limits have guards of their own. */
const changeNothing = ['checkPermissions', 'headAcceptPage', 'lookUpInvite'];

test('every operation of the API that changes something has its guards proven', () => {
  const proven = new Set(guardedOperations.flatMap(({ operation }) => operation.split(':')[0]?.split(' and ') ?? []));
  const unproven = Object.entries(routes).filter(([name, { method }]) => method !== 'GET' && !proven.has(name));
  expect(unproven.map(([name]) => name).toSorted()).toEqual(changeNothing);
});
