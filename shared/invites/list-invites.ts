import { addressSearch, type AddressSearch } from '../address-search.ts';
import { decodeCursor, encodeCursor } from '../api/cursor.ts';
import { listPage } from '../api/list-page.ts';
import { hidesAddresses } from '../api/without-hidden.ts';
import { operation } from '../api/operation.ts';
import type { Input } from '../api/route.ts';
import { fail, ok, type Result } from '../result.ts';
import { partitions } from '../table/keys.ts';
import { mergeDescending } from '../table/merge-pages.ts';
import type { QueryPage, Table } from '../table/table.ts';
import { evaluateInvites } from './evaluate-invite.ts';
import { findInvites } from './find-invite.ts';
import { parseInvite, type Invite } from './invite.ts';
import { isOpen, openStatuses, type InviteStatus } from './invite-status.ts';
import { inviteRoutes } from './invite-routes.ts';
import { inviteView } from './invite-view.ts';

type Filters = Input<typeof inviteRoutes.listInvites>['query'];

const searchOf = ({ search }: Filters): AddressSearch => addressSearch(search ?? '');

/** The name of the list that a cursor belongs to, so that a cursor cannot be used with other filters. */
const nameOf = ({ status, search, delivery, inviterId, expiresBefore }: Filters): string => {
  // The name is unchanged for requests without the newer filters, so that cursors of earlier versions stay valid.
  const newer = delivery === undefined && inviterId === undefined ? [] : [delivery, inviterId];
  const newest = expiresBefore === undefined ? [] : [{ expiresBefore }];
  return JSON.stringify(['invites', status, search?.trim().toLowerCase() ?? '', ...newer, ...newest]);
};

/** A page of the unfiltered list, whose query is declared so that it runs in parallel with the read of the caller's rights. */
const allInvites = listPage(nameOf, (organizationId) => ({
  pk: partitions.invites(organizationId),
  descending: true,
}));

/** Whether an index selects the invites. The other filters are applied to the page that was read. */
const isIndexed = (query: Filters): boolean => query.status !== undefined || searchOf(query).prefix !== '';

export const listInvites = operation(
  inviteRoutes.listInvites,
  { queries: (asked) => (isIndexed(asked.query) ? [] : allInvites.queries(asked)) },
  async ({ table }, { actor, organization, query, now, tree: readTree }) => {
    if (searchOf(query).prefix !== '' && hidesAddresses(actor)) return fail('addresses_hidden');
    const page = await readPage(table, organization.id, query);
    if (!page.ok) return page;
    const { invites, next } = page.value;
    const tree = await readTree();
    const evaluated = await evaluateInvites(table, organization.id, invites, { tree, now });
    const { finds = () => true } = searchOf(query);
    const items = evaluated
      .map((each) => inviteView(each, tree))
      .filter(
        ({ status, email, delivery, invitedBy, expiresAt }) =>
          (query.status === undefined || status === query.status) &&
          (query.delivery === undefined || delivery === query.delivery) &&
          (query.inviterId === undefined || invitedBy.id === query.inviterId) &&
          (query.expiresBefore === undefined || Date.parse(expiresAt) < Date.parse(query.expiresBefore)) &&
          finds(email),
      );
    return ok({ items, ...encodeCursor(nameOf(query), next) });
  },
);

/** Reads a page of invites: newest first, or by address if the request searches. */
const readPage = async (
  table: Table,
  organizationId: string,
  query: Filters,
): Promise<Result<{ invites: Invite[]; next: string | undefined }>> => {
  if (!isIndexed(query)) {
    const page = await allInvites.read(table, organizationId, query);
    return page.ok ? ok({ invites: page.value.items.map(parseInvite), next: page.value.next }) : page;
  }
  const after = decodeCursor(nameOf(query), query.cursor);
  if (!after.ok) return after;
  const page = await findKeys(table, organizationId, query, after.value);
  const ids = page.items.map(({ sk }) => sk);
  const found = new Map((await findInvites(table, organizationId, ids)).map((invite) => [invite.id, invite]));
  return ok({ invites: ids.flatMap((id) => found.get(id) ?? []), next: page.next });
};

/** Finds the keys of invites in an index. One filter selects the index. The other one is applied to the page that was read. */
const findKeys = async (
  table: Table,
  organizationId: string,
  query: Filters,
  after: string | undefined,
): Promise<QueryPage> => {
  const { status, limit } = query;
  const position = { limit, ...(after !== undefined && { after }) };
  const { prefix } = searchOf(query);
  if (prefix)
    return table.query({
      index: 'gsi2',
      pk: partitions.invitesByEmail(organizationId),
      prefix,
      ...position,
    });
  const pages = await Promise.all(
    storedStatuses(status ?? 'pending').map((stored) =>
      table.query({
        index: 'gsi1',
        pk: partitions.invitesByStatus(organizationId, stored),
        descending: true,
        ...position,
      }),
    ),
  );
  return mergeDescending(pages, limit);
};

/** The stored statuses to query. Unless somebody's answer ended it, an invite may still be stored as it was while it was open. */
const storedStatuses = (status: InviteStatus): InviteStatus[] => {
  if (status === 'accepted' || status === 'declined' || status === 'blocked') return [status];
  return isOpen(status) ? [...openStatuses] : [status, ...openStatuses];
};
