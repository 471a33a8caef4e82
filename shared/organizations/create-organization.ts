import type { Operation, Output } from '../api/route.ts';
import { remember } from '../api/idempotency.ts';
import { audit } from '../audit/audit-event.ts';
import { normalizeEmail } from '../invites/email-address.ts';
import { fail, ok } from '../result.ts';
import { absent, anyOf, below } from '../table/condition.ts';
import { keys, partitions } from '../table/keys.ts';
import { guard, put, update } from '../table/write.ts';
import { cleanName } from '../text.ts';
import { joinWrites } from '../users/join.ts';
import type { User } from '../users/user.ts';
import { newOrganization, organizationWrites } from './new-organization.ts';
import { organizationsPerPerson } from './organization.ts';
import type { organizationRoutes } from './organization-routes.ts';
import { organizationView } from './organization-view.ts';

type OrganizationView = Output<typeof organizationRoutes.createOrganization>;

export const createOrganization: Operation<typeof organizationRoutes.createOrganization> =
  ({ personTable, directory, clock, ids }) =>
  async ({ personId, requestId }, { body, idempotency }) => {
    if (idempotency?.remembered) return ok(idempotency.remembered as OrganizationView);
    const account = await directory.findByPersonId(personId);
    if (!account) return fail('forbidden', 'This takes a person’s account.');
    const email = normalizeEmail(account.email);
    if (!account.emailVerified || !email.ok) return fail('email_unverified');
    const now = clock.now();
    const organization = newOrganization(ids, body.name, now, 1);
    const userId = ids.next('usr');
    const user: User = {
      id: userId,
      personId,
      email: email.value,
      name: cleanName(account.name, email.value),
      status: 'active',
      assignments: [{ role: 'organization_manager' }],
      holdings: [userId],
      takenOver: [],
      invitesPassed: [],
      joinedAt: now,
      version: 1,
    };
    const answer = organizationView(organization);
    const written = await personTable(personId, organization.id).transact([
      ...remember(partitions.person(personId), idempotency, answer, now),
      update(
        keys.personLimits(personId),
        { add: { organizationsCreated: 1 } },
        guard(
          anyOf(absent('organizationsCreated'), below('organizationsCreated', organizationsPerPerson)),
          'organization_limit_reached' as const,
        ),
      ),
      ...organizationWrites(organization, userId),
      ...joinWrites(organization.id, user),
      put({ ...keys.address(organization.id, user.email), state: 'member', userId }),
      audit({
        organizationId: organization.id,
        id: ids.next('evt'),
        at: now,
        actorId: userId,
        action: 'organization_created',
        targets: [organization.id],
        requestId,
      }),
    ]);
    return written.ok ? ok(answer) : fail(written.error);
  };
