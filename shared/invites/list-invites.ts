import { decodeCursor, encodeCursor } from '../api/cursor.ts';
import type { Input, Operation } from '../api/route.ts';
import { ok } from '../result.ts';
import { keys, partitions } from '../table/keys.ts';
import { mergeDescending } from '../table/merge-pages.ts';
import type { QueryPage, Table } from '../table/table.ts';
import { parseInvite, type InviteStatus } from './invite.ts';
import type { inviteRoutes } from './invite-routes.ts';
import { inviteView } from './invite-view.ts';
import { findAnswerable } from './standing.ts';

type Filters = Input<typeof inviteRoutes.listInvites>['query'];

export const listInvites: Operation<typeof inviteRoutes.listInvites> =
  ({ table, clock, poolTree }) =>
  async ({ organization }, { query }) => {
    const search = query.search?.trim().toLowerCase() ?? '';
    const list = JSON.stringify(['invites', query.status, search]);
    const after = decodeCursor(list, query.cursor);
    if (!after.ok) return after;
    const page = await findPage(table, organization.id, { ...query, search }, after.value);
    const found = page.whole
      ? page.items
      : await table.batchGet(page.items.map(({ sk }) => keys.invite(organization.id, sk)));
    const invites = found.flatMap((item) => (item ? [parseInvite(item)] : []));
    const answerable = await findAnswerable(table, organization.id, invites);
    const tree = await poolTree(table, organization.id, organization.treeVersion);
    const now = clock.now();
    const items = invites
      .map((invite) => inviteView(invite, answerable, tree, now))
      .filter(
        ({ status, email }) => (query.status === undefined || status === query.status) && email.startsWith(search),
      );
    return ok({ items, ...encodeCursor(list, page.next) });
  };

/** Whether the items are whole, or keys that an index found. */
type InvitePage = QueryPage & { whole: boolean };

/** One of the filters picks the index; the other is applied to the page. */
const findPage = async (
  table: Table,
  organizationId: string,
  { status, search, limit }: Filters & { search: string },
  after: string | undefined,
): Promise<InvitePage> => {
  const position = after === undefined ? {} : { after };
  if (search) {
    const page = await table.query({
      index: 'gsi2',
      pk: partitions.invitesByEmail(organizationId),
      prefix: search,
      limit,
      ...position,
    });
    return { ...page, whole: false };
  }
  if (status === undefined)
    return {
      ...(await table.query({ pk: partitions.invites(organizationId), descending: true, limit, ...position })),
      whole: true,
    };
  const pages = await Promise.all(
    writtenAs(status).map((written) =>
      table.query({
        index: 'gsi1',
        pk: partitions.invitesByStatus(organizationId, written),
        descending: true,
        limit,
        ...position,
      }),
    ),
  );
  return { ...mergeDescending(pages, limit), whole: false };
};

/** Who has just expired, or lost the last who answers for it, may still be written down as pending. */
const writtenAs = (status: InviteStatus): InviteStatus[] =>
  status === 'expired' || status === 'revoked' ? [status, 'pending'] : [status];
