import type { GuardedOperation } from '../support/guarded.ts';
import { dataSourceGuards } from './data-sources.ts';
import { organizationGuards } from './organizations.ts';
import { policyGuards } from './policies.ts';
import { poolGuards } from './pools.ts';
import { resourceGuards } from './resources.ts';
import { serviceAccountGuards } from './service-accounts.ts';
import { userGuards } from './users.ts';

/** Every operation whose guards are proven. The tests and the table of guards go through the same list. */
export const guardedOperations: GuardedOperation[] = [
  ...dataSourceGuards,
  ...organizationGuards,
  ...policyGuards,
  ...poolGuards,
  ...resourceGuards,
  ...serviceAccountGuards,
  ...userGuards,
];
