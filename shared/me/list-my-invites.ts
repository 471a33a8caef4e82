import { decodeCursor, encodeCursor } from '../api/cursor.ts';
import type { Operation, Output } from '../api/route.ts';
import { judgeInvite } from '../invites/judge-invite.ts';
import { parseOrganization } from '../organizations/organization.ts';
import type { Services } from '../ports.ts';
import { ok } from '../result.ts';
import { keys, organizationOfPartition, partitions } from '../table/keys.ts';
import { roleViews } from '../users/user-view.ts';
import type { meRoutes } from './me-routes.ts';
import { myVerifiedAccount } from './my-account.ts';

type ListMyInvites = typeof meRoutes.listMyInvites;
type MyInvite = Output<ListMyInvites>['items'][number];

const list = 'my-invites';

/** One Query by address; then of each organization found its address item, the invite and the organization. */
export const listMyInvites: Operation<ListMyInvites> =
  (services) =>
  async (actor, { query }) => {
    const after = decodeCursor(list, query.cursor);
    if (!after.ok) return after;
    const account = await myVerifiedAccount(services, actor);
    if (!account.ok) return account;
    const { email } = account.value;
    const page = await services.tenantTable(partitions.invited(email)).query({
      index: 'gsi1',
      pk: partitions.invited(email),
      limit: query.limit,
      ...(after.value !== undefined && { after: after.value }),
    });
    const items = await Promise.all(
      page.items.map(({ pk }) => pendingInvite(services, organizationOfPartition(pk), email)),
    );
    return ok({ items: items.filter((item) => item !== undefined), ...encodeCursor(list, page.next) });
  };

const pendingInvite = async (
  { tenantTable, clock, poolTree }: Services,
  organizationId: string,
  email: string,
): Promise<MyInvite | undefined> => {
  const table = tenantTable(organizationId);
  const address = await table.get(keys.address(organizationId, email));
  if (address?.state !== 'invited') return undefined;
  const judged = await judgeInvite(table, organizationId, String(address.inviteId), clock.now());
  if (judged?.status !== 'pending' || judged.standing.kind !== 'upheld') return undefined;
  const { invite, standing } = judged;
  const organization = parseOrganization(await table.get(keys.organization(organizationId)));
  const roles = roleViews(invite.assignments, await poolTree(table, organizationId, organization.treeVersion));
  return {
    id: invite.id,
    organization: { id: organization.id, name: organization.name },
    inviter: { name: standing.by.name },
    roles: roles.map(({ role, poolName }) => ({ role, ...(poolName !== undefined && { poolName }) })),
    ...(invite.message && { message: invite.message }),
    expiresAt: invite.expiresAt,
  };
};
