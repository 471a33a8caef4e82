import { holdAddress, addressFree } from '../invites/address.ts';
import { inviteItem, namedInvite, newInvite, nextDue } from '../invites/invite.ts';
import { formatToken } from '../invites/token.ts';
import { inviteExpiryDaysMin } from '../limits.ts';
import { newOrganization, organizationWrites } from '../organizations/new-organization.ts';
import { parseOrganization, type Organization } from '../organizations/organization.ts';
import { auditByOperators, type OperatorServices } from '../operators/operator.ts';
import { bindingWrites, type ServiceAccount } from '../service-accounts/service-account.ts';
import { due, keys, partitions } from '../table/keys.ts';
import type { TransactResult } from '../table/table.ts';
import { guard, put } from '../table/write.ts';
import { joinWrites, notYetMember } from '../users/join.ts';
import type { User } from '../users/user.ts';
import {
  canaryGuest,
  canaryExpiry,
  canaryMachine,
  canaryOrganizationId,
  canaryUserId,
  simulatedAddress,
} from '../canary-organization.ts';

/** The organization and the service account of the canary. */
export interface CanaryPlace {
  organization: Organization;
  /** The id of the service account whose rights the canary's token has. */
  serviceAccountId: string;
  /** Whether the guest is a user of the organization. */
  guestJoined: boolean;
}

/** Creates the canary's organization, its user and its service account where they do not exist. Repeating it changes nothing. */
export const prepareCanary = async (
  services: OperatorServices,
  clientId: string,
  requestId: string,
): Promise<CanaryPlace> => {
  const table = services.tenantTable(canaryOrganizationId, partitions.person(clientId), partitions.person(personId));
  const read = () =>
    table.batchGet([
      keys.organization(canaryOrganizationId),
      keys.membership(canaryOrganizationId, clientId),
      keys.address(canaryOrganizationId, canaryGuest),
    ]);
  const [organization, membership, guest] = await read();
  // Another run may create the same objects at the same time, and this run can use those.
  if (!organization) await createOrganization(services, requestId);
  if (!membership) await createServiceAccount(services, clientId, requestId);
  const [made, bound] = organization && membership ? [organization, membership] : await read();
  return {
    organization: parseOrganization(made),
    serviceAccountId: String(bound?.userId),
    guestJoined: guest?.state === 'member',
  };
};

/** The canary's user is a member like others, but no account has this id, so nobody can be signed in as it. */
const personId = 'canary';

const createOrganization = (
  { tenantTable, clock, ids }: OperatorServices,
  requestId: string,
): Promise<TransactResult<'already_member'>> => {
  const now = clock.now();
  const organization = { ...newOrganization(ids, { name: 'Roster canary' }, now, 1), id: canaryOrganizationId };
  const user: User = {
    id: canaryUserId,
    personId,
    email: simulatedAddress('canary'),
    name: 'Roster canary',
    status: 'active',
    assignments: [{ role: 'organization_manager' }],
    holdings: [canaryUserId],
    takenOver: [],
    invitesPassed: [],
    joinedAt: now,
    version: 1,
  };
  return tenantTable(canaryOrganizationId, partitions.person(personId)).transact([
    ...organizationWrites(organization, user.id),
    ...joinWrites(canaryOrganizationId, user, notYetMember),
    put({ ...keys.address(canaryOrganizationId, user.email), state: 'member', userId: user.id }),
    ...auditByOperators({
      organizationId: canaryOrganizationId,
      id: ids.next('evt'),
      at: now,
      action: 'organization_created',
      targets: [organization],
      requestId,
    }),
  ]);
};

const createServiceAccount = (
  { tenantTable, clock, ids }: OperatorServices,
  clientId: string,
  requestId: string,
): Promise<TransactResult<'service_account_exists'>> => {
  const now = clock.now();
  const account: ServiceAccount = {
    id: ids.next('svc'),
    clientId,
    name: canaryMachine,
    status: 'active',
    assignments: [{ role: 'organization_manager' }],
    invitesPassed: [],
    createdAt: now,
    version: 1,
  };
  return tenantTable(canaryOrganizationId, partitions.person(clientId)).transact([
    ...bindingWrites(canaryOrganizationId, account, undefined),
    ...auditByOperators({
      organizationId: canaryOrganizationId,
      id: ids.next('evt'),
      at: now,
      action: 'service_account_created',
      targets: [account],
      requestId,
    }),
  ]);
};

/** An invite of the canary, with the token that opens it. */
export interface CanaryInvite {
  inviteId: string;
  email: string;
  token: string;
}

/**
 * Creates an invite whose email counts as sent, and returns its token, so that the canary can accept or decline it like an invited
 * person. `guest`: invites the guest instead of an address that is only for this invite. Only in the canary's organization does
 * anything besides the email and the function that sends it know the secret.
 */
export const inviteByCanary = async (
  { tenantTable, clock, ids, secrets }: OperatorServices,
  requestId: string,
  { guest }: { guest: boolean },
): Promise<CanaryInvite> => {
  const now = clock.now();
  const secret = secrets.random();
  const id = ids.next('inv');
  const invite = {
    ...newInvite(
      {
        id,
        organizationId: canaryOrganizationId,
        email: guest ? canaryGuest : simulatedAddress(id.toLowerCase()),
        assignments: [{ role: 'member' }],
        invitedBy: canaryUserId,
        createdIn: ids.next('evt'),
        lifetimeDays: inviteExpiryDaysMin,
      },
      now,
    ),
    delivery: 'sent' as const,
    sentAt: now,
    secretHashes: [secrets.hash(secret)],
  };
  await tenantTable(canaryOrganizationId).transact<'taken'>([
    put({
      ...inviteItem(invite),
      ...due(nextDue(invite, now)),
      ...canaryExpiry(canaryOrganizationId, now),
    }),
    holdAddress(invite, guard(addressFree(now), 'taken')),
    ...auditByOperators({
      organizationId: canaryOrganizationId,
      id: invite.createdIn,
      at: now,
      action: 'invites_created',
      targets: [namedInvite(invite)],
      requestId,
    }),
  ]);
  return {
    inviteId: invite.id,
    email: invite.email,
    token: formatToken({ organizationId: canaryOrganizationId, inviteId: invite.id, secret }),
  };
};
