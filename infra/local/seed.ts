import type { Member } from '../../shared/actor.ts';
import { requestServices, workServices } from '../../functions/adapters/services.ts';
import { readEnvironment } from '../../functions/adapters/environment.ts';
import { acceptInvite } from '../../shared/invites/accept-invite.ts';
import { declineInvite } from '../../shared/invites/decline-invite.ts';
import { inviteUsers } from '../../shared/invites/invite-users.ts';
import { revokeInvite } from '../../shared/invites/revoke-invite.ts';
import { createOrganization } from '../../shared/organizations/create-organization.ts';
import { parseOrganization } from '../../shared/organizations/organization.ts';
import { createDataSource } from '../../shared/data-sources/create-data-source.ts';
import { createPolicy } from '../../shared/policies/create-policy.ts';
import { ingestResources } from '../../shared/resources/ingest-resources.ts';
import { createPool } from '../../shared/pools/create-pool.ts';
import type { Mail, Services } from '../../shared/ports.ts';
import type { Result } from '../../shared/result.ts';
import { toAssignment, type RoleAssignment } from '../../shared/roles/role.ts';
import { keys } from '../../shared/table/keys.ts';
import { parseMembership } from '../../shared/users/user.ts';
import { doDueWork } from '../../shared/worker/do-due-work.ts';
import { day, hour, minute } from '../../shared/time.ts';
import { seedTime, type SeedTime } from './seed-time.ts';
import {
  seededDataSources,
  seededInvites,
  seededManager,
  seededOrganization,
  seededOwners,
  seededPools,
  seededResourceTypes,
  seededUsers,
} from './seed-data.ts';

export interface Seeded {
  organizationId: string;
  manager: { email: string; password: string };
}

const requestId = 'seed';

/** How long the organization has existed. */
const historyDays = 30;

/**
 * Fills a new table with sample data, so that a newcomer can try the application at once. Runs the application's own operations
 * with a clock that advances from a month ago to the present. The environment variables name the stack. `present`: milliseconds
 * since 1970.
 */
export const seed = async (present: number): Promise<Seeded> => {
  const time = seedTime(present, historyDays * day);
  const ofRequest = requestServices(readEnvironment());
  const servicesFor = (organizationId?: string): Services => ({ ...ofRequest(organizationId), ...time });
  const unbound = servicesFor();
  const account = await unbound.directory.create({ ...seededManager, mark: requestId });
  await unbound.directory.setPassword(account.personId, seededManager.password);
  const organization = take(
    await createOrganization(unbound)(
      { personId: account.personId, requestId },
      { params: {}, query: {}, body: { name: seededOrganization, currency: 'USD' } },
    ),
  );
  const services = servicesFor(organization.id);
  const actor = () => actAs(services, organization.id, account.personId, seededManager.name);

  const pools = new Map([[seededOrganization, organization.rootPoolId]]);
  const params = { organizationId: organization.id };
  for (const { name, parent, monthlyLimit } of seededPools) {
    time.advance(2 * minute);
    const body = { name, parentId: pools.get(parent) ?? '', ...(monthlyLimit !== undefined && { monthlyLimit }) };
    pools.set(name, take(await createPool(services)(await actor(), { params, query: {}, body })).id);
  }

  const invite = async (email: string, roles: RoleAssignment[], expiresInDays?: number) => {
    const body = { emails: [email], roles, dryRun: false, ...(expiresInDays !== undefined && { expiresInDays }) };
    take(await inviteUsers(services)(await actor(), { params, query: {}, body }));
    return openMail(time, email);
  };
  const assignments = (roles: string[]): RoleAssignment[] => roles.map((role) => parseSeeded(role, pools));

  const userIds = new Map<string, string>();
  for (const { name, email, roles } of seededUsers) {
    time.advance(6 * hour);
    const token = await invite(email, assignments(roles));
    time.advance(2 * hour);
    const body = { token, name, password: seededManager.password };
    const accepting = acceptInvite(unbound)({ requestId: `${requestId} ${email}` }, { params: {}, query: {}, body });
    userIds.set(email, take(await accepting).userId);
  }
  time.advance(day);
  await seedAssets(services, await actor(), pools, userIds);
  for (const { email, roles, fate } of seededInvites) {
    if (fate === 'pending') continue;
    time.advance(3 * hour);
    const token = await invite(email, assignments(roles), fate === 'expired' ? 1 : 7);
    const inviteId = token.split('.')[1] ?? '';
    time.advance(hour);
    if (fate === 'declined')
      take(await declineInvite(unbound)({ requestId }, { params: {}, query: {}, body: { token } }));
    if (fate === 'revoked')
      take(
        await revokeInvite(services)(await actor(), { params: { ...params, inviteId }, query: {}, body: undefined }),
      );
  }
  // After this, the invite that is valid for one day has expired.
  time.advance(day);
  await drain(time, (mail) => void mail);
  // The pending invites are sent at the present time, so that the local worker delivers their emails to the inbox.
  time.advance(present - Date.parse(time.clock.now()));
  for (const { email, roles, fate } of seededInvites) {
    if (fate !== 'pending') continue;
    const body = { emails: [email], roles: assignments(roles), dryRun: false, message: 'Welcome to the team!' };
    take(await inviteUsers(services)(await actor(), { params, query: {}, body }));
  }
  return { organizationId: organization.id, manager: { email: seededManager.email, password: seededManager.password } };
};

/** Creates data sources, resources and policies. */
const seedAssets = async (
  services: Services,
  actor: Member,
  pools: Map<string, string>,
  userIds: Map<string, string>,
): Promise<void> => {
  const given = { params: { organizationId: actor.organization.id }, query: {} };
  const dataSourceIds: string[] = [];
  for (const { owner, ...source } of seededDataSources) {
    const body = { ...source, ownerId: userIds.get(owner) ?? actor.userId };
    dataSourceIds.push(take(await createDataSource(services)(actor, { ...given, body })).id);
  }
  const items = [...pools].flatMap(([pool, poolId], row) =>
    seededResourceTypes.map(({ name, ...resource }, column) => ({
      ...resource,
      name: `${pool} ${name}`,
      poolId,
      dataSourceId: dataSourceIds[row % dataSourceIds.length],
      externalId: `${row}-${column}`,
      ownerId: userIds.get(seededOwners[pool] ?? ''),
    })),
  );
  const { results } = take(await ingestResources(services)(actor, { ...given, body: { items } }));
  const refused = results.find(({ outcome }) => outcome !== 'created');
  if (refused) throw new Error(`The seed was refused: ${JSON.stringify(refused)}`);
  const policies = [
    { type: 'budget', name: 'Monthly budget', amount: 90_000 },
    {
      type: 'budget',
      name: 'Launch of the new shop',
      amount: 15_000,
      expiresOn: '2027-03-31',
      poolId: pools.get('Web'),
    },
    { type: 'anomaly_detection', name: 'Expense jumps', metric: 'expense', thresholdPercent: 30, days: 14 },
    { type: 'quota', name: 'Build machines', metric: 'resource_count', maximum: 200, poolId: pools.get('Build farm') },
    { type: 'tagging', name: 'Everything says its environment', requiredTag: 'environment', startsOn: '2026-01-01' },
  ] as const;
  for (const body of policies) take(await createPolicy(services)(actor, { ...given, body }));
};

/** Processes the queued emails without delivering them, and returns the token in the email to this address. */
const openMail = async (time: SeedTime, email: string): Promise<string> => {
  let token = '';
  await drain(time, (mail) => {
    if (mail.to === email) token = /#(\S+)/.exec(mail.text)?.[1] ?? token;
  });
  return token;
};

const drain = async ({ clock, ids }: SeedTime, read: (mail: Mail) => void): Promise<void> => {
  const services = workServices(readEnvironment())({ runId: requestId, timeLeft: () => Number.POSITIVE_INFINITY });
  const { faults } = await doDueWork({
    ...services,
    clock,
    ids,
    mailer: {
      rate: async () => Number.POSITIVE_INFINITY,
      quotaUsed: () => undefined,
      send: async (mail) => {
        read(mail);
        return { kind: 'sent', messageId: 'seed' };
      },
    },
  });
  if (faults.length > 0) throw faults[0];
};

const actAs = async ({ table }: Services, organizationId: string, personId: string, name: string): Promise<Member> => {
  const [organization, membership] = await table.batchGet([
    keys.organization(organizationId),
    keys.membership(organizationId, personId),
  ]);
  const { userId, assignments } = parseMembership(membership);
  return { personId, requestId, userId, name, assignments, organization: parseOrganization(organization) };
};

/** Parses a role assignment: `manager Web`, `member`. */
const parseSeeded = (text: string, pools: Map<string, string>): RoleAssignment => {
  const [role, ...pool] = text.split(' ');
  const assignment = toAssignment(role, pools.get(pool.join(' ')));
  if (!assignment) throw new Error(`Not a seeded role: ${text}`);
  return assignment;
};

const take = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`The seed was refused: ${JSON.stringify(result.error)}`);
  return result.value;
};
