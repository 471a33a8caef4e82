import { decodeCursor, encodeCursor } from '../api/cursor.ts';
import { operation } from '../api/operation.ts';
import type { Output } from '../api/route.ts';
import { findEvaluatedInvite } from '../invites/evaluate-invite.ts';
import { senderView } from '../invites/sender-view.ts';
import { namesakesOf, type IsNamesake } from '../users/namesakes.ts';
import { parseOrganization } from '../organizations/organization.ts';
import type { Services } from '../ports.ts';
import { ok } from '../result.ts';
import { keys, organizationOfPartition, partitions } from '../table/keys.ts';
import { readOnce } from '../table/read-once.ts';
import { roleViews } from '../users/user-view.ts';
import { meRoutes } from './me-routes.ts';
import { myVerifiedAccount } from '../invites/my-account.ts';
import { requireAllowedInvite } from '../invites/require-allowed-invite.ts';

type MyInvite = Output<typeof meRoutes.listMyInvites>['items'][number];

const list = 'my-invites';

/**
 * Queries by address and by person at the same time. Then reads, for each organization found, the address item and the
 * organization, the invite, and its inviters.
 */
export const listMyInvites = operation(meRoutes.listMyInvites, {}, async (services, { actor, query, now }) => {
  const after = decodeCursor(list, query.cursor);
  if (!after.ok) return after;
  const account = await myVerifiedAccount(services, actor);
  if (!account.ok) return account;
  const { email } = account.value;
  const [page, isNamesake] = await Promise.all([
    services.tenantTable(partitions.invited(email)).query({
      index: 'gsi1',
      pk: partitions.invited(email),
      limit: query.limit,
      ...(after.value !== undefined && { after: after.value }),
    }),
    namesakesOf(services, actor.personId),
  ]);
  const items = await Promise.all(
    page.items.map(({ pk }) => findPending(services, organizationOfPartition(pk), { email, isNamesake, now })),
  );
  return ok({ items: items.filter((item) => item !== undefined), ...encodeCursor(list, page.next) });
});

const findPending = async (
  { tenantTable, poolTree }: Pick<Services, 'tenantTable' | 'poolTree'>,
  organizationId: string,
  { email, isNamesake, now }: { email: string; isNamesake: IsNamesake; now: string },
): Promise<MyInvite | undefined> => {
  const table = readOnce(tenantTable(organizationId));
  const [address, organizationItem] = await Promise.all([
    table.get(keys.address(organizationId, email)),
    table.get(keys.organization(organizationId)),
  ]);
  if (address?.state !== 'invited') return undefined;
  const organization = parseOrganization(organizationItem);
  const tree = await poolTree(table, organizationId, organization.treeVersion);
  const evaluated = await findEvaluatedInvite(table, organizationId, String(address.inviteId), { tree, now });
  if (evaluated?.status !== 'pending') return undefined;
  const { invite } = evaluated;
  const sender = senderView(organization, evaluated);
  const roles = roleViews(invite.assignments, tree);
  return {
    id: invite.id,
    organization: { id: organization.id, ...sender.organization },
    inviter: sender.inviter,
    namesake: isNamesake(organization),
    roles: roles.map(({ role, poolName }) => ({ role, ...(poolName !== undefined && { poolName }) })),
    ...(!requireAllowedInvite(organization, invite).ok && { refusal: 'domain_not_allowed' as const }),
    ...(invite.message && { message: invite.message }),
    expiresAt: invite.expiresAt,
  };
};
