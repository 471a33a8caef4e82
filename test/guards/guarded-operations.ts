import type { GuardedOperation } from '../support/guarded.ts';
import { testedKinds } from '../support/settings-kinds.ts';
import { acceptanceGuards } from './acceptance.ts';
import { accountCheckGuards } from './account-checks.ts';
import { accountGuards } from './accounts.ts';
import { deliveryGuards } from './deliveries.ts';
import { handoverGuards } from './handover.ts';
import { inviteGuards } from './invites.ts';
import { operatorGuards } from './operators.ts';
import { organizationGuards } from './organizations.ts';
import { membershipGuards } from './memberships.ts';
import { poolGuards } from './pools.ts';
import { resourceGuards } from './resources.ts';
import { serviceAccountGuards } from './service-accounts.ts';
import { sourceGuards } from './sources.ts';
import { totalsGuards } from './totals.ts';
import { userGuards } from './users.ts';
import { workerGuards } from './worker.ts';

/** Every operation whose guards are tested. The tests and the table of guards in README.md are both made from this list. */
export const guardedOperations: GuardedOperation[] = [
  ...acceptanceGuards,
  ...accountGuards,
  ...accountCheckGuards,
  ...testedKinds.flatMap(({ guards }) => guards),
  ...deliveryGuards,
  ...handoverGuards,
  ...inviteGuards,
  ...operatorGuards,
  ...organizationGuards,
  ...membershipGuards,
  ...poolGuards,
  ...resourceGuards,
  ...serviceAccountGuards,
  ...sourceGuards,
  ...totalsGuards,
  ...userGuards,
  ...workerGuards,
];
