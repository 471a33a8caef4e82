import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { parseInvite, type Invite } from './invite.ts';

/** A request whose path names an invite. */
export interface NamesInvite {
  params: { organizationId: string; inviteId: string };
}

/** The key of the invite that a request names. */
export const inviteKeys = ({ params }: NamesInvite) => [keys.invite(params.organizationId, params.inviteId)];

/** The key of the invite that a request names, and that of the record from which the budget of its next email is computed. */
export const renewalKeys = (request: NamesInvite) => [
  ...inviteKeys(request),
  keys.mailRecord(request.params.organizationId),
];

/** The invite that a request names. */
export const findNamedInvite = (table: Table, { params }: NamesInvite): Promise<Invite | undefined> =>
  findInvite(table, params.organizationId, params.inviteId);

export const findInvite = async (
  table: Table,
  organizationId: string,
  inviteId: string,
): Promise<Invite | undefined> => {
  const item = await table.get(keys.invite(organizationId, inviteId));
  return item && parseInvite(item);
};

/** Finds invites by id and leaves out missing ones, so the result may be shorter than the list of ids. One request per 100 invites. */
export const findInvites = async (
  table: Table,
  organizationId: string,
  inviteIds: readonly string[],
): Promise<Invite[]> => {
  const items = await table.batchGet(inviteIds.map((id) => keys.invite(organizationId, id)));
  return items.flatMap((item) => (item ? [parseInvite(item)] : []));
};
