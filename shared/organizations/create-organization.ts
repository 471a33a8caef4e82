import { operation } from '../api/operation.ts';
import { audit } from '../audit/audit-event.ts';
import { myVerifiedAccount } from '../invites/my-account.ts';
import { organizationsPerPersonMax } from '../limits.ts';
import { cleanName } from '../names/display-name.ts';
import { committed } from '../retry.ts';
import { absent, anyOf, below } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { guard, put, update } from '../table/write.ts';
import { joinWrites } from '../users/join.ts';
import type { User } from '../users/user.ts';
import { newOrganization, organizationWrites } from './new-organization.ts';
import { organizationRoutes } from './organization-routes.ts';
import { organizationView } from './organization-view.ts';

export const createOrganization = operation(
  organizationRoutes.createOrganization,
  {},
  async ({ personTable, directory, ids }, { actor, body, now, remember }) => {
    const { personId, requestId } = actor;
    const account = await myVerifiedAccount({ directory }, actor);
    if (!account.ok) return account;
    const { email, name } = account.value;
    const organization = newOrganization(ids, body, now, 1);
    const userId = ids.next('usr');
    const user: User = {
      id: userId,
      personId,
      email,
      name: cleanName(name, email),
      status: 'active',
      assignments: [{ role: 'organization_manager' }],
      holdings: [userId],
      takenOver: [],
      invitesPassed: [],
      joinedAt: now,
      version: 1,
    };
    const view = organizationView(organization);
    const transaction = await personTable(personId, organization.id).transact([
      ...remember(view),
      update(
        keys.personLimits(personId),
        { add: { organizationsCreated: 1 } },
        guard(
          anyOf(absent('organizationsCreated'), below('organizationsCreated', organizationsPerPersonMax)),
          'organization_limit_reached',
        ),
      ),
      ...organizationWrites(organization, userId),
      ...joinWrites(organization.id, user),
      put({ ...keys.address(organization.id, user.email), state: 'member', userId }),
      ...audit({
        organizationId: organization.id,
        id: ids.next('evt'),
        at: now,
        actor: user,
        action: 'organization_created',
        targets: [organization],
        requestId,
      }),
    ]);
    return committed(transaction, view);
  },
);
