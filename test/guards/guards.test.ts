import { proveGuards } from '../support/guarded.ts';
import { useStack } from '../support/stack.ts';
import { acceptanceGuards } from './acceptance.ts';
import { accountGuards } from './accounts.ts';
import { dataSourceGuards } from './data-sources.ts';
import { deliveryGuards } from './deliveries.ts';
import { handoverGuards } from './handover.ts';
import { inviteGuards } from './invites.ts';
import { operatorGuards } from './operators.ts';
import { sourceGuards } from './sources.ts';
import { userGuards } from './users.ts';
import { workerGuards } from './worker.ts';

/** Every guard of every write, one by one: with it a harm does not come about, without it the harm does. */
useStack();

for (const operation of dataSourceGuards) proveGuards(operation);
for (const operation of handoverGuards) proveGuards(operation);
for (const operation of inviteGuards) proveGuards(operation);
for (const operation of userGuards) proveGuards(operation);
for (const operation of acceptanceGuards) proveGuards(operation);
for (const operation of accountGuards) proveGuards(operation);
for (const operation of deliveryGuards) proveGuards(operation);
for (const operation of operatorGuards) proveGuards(operation);
for (const operation of sourceGuards) proveGuards(operation);
for (const operation of workerGuards) proveGuards(operation);
