import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { parseInvite, type Invite } from './invite.ts';

export const findInvite = async (
  table: Table,
  organizationId: string,
  inviteId: string,
): Promise<Invite | undefined> => {
  const item = await table.get(keys.invite(organizationId, inviteId));
  return item && parseInvite(item);
};
