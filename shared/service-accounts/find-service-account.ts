import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { parseServiceAccount, type ServiceAccount } from './service-account.ts';

/** A request whose path names a service account. */
export interface NamesServiceAccount {
  params: { organizationId: string; serviceAccountId: string };
}

/** The key of the service account that a request names. */
export const serviceAccountKeys = ({ params }: NamesServiceAccount) => [
  keys.user(params.organizationId, params.serviceAccountId),
];

/** The active service account that a request names. */
export const findServiceAccount = async (
  table: Table,
  request: NamesServiceAccount,
): Promise<ServiceAccount | undefined> => {
  const [key] = serviceAccountKeys(request);
  const item = key && (await table.get(key));
  return item?.clientId === undefined || item.status !== 'active' ? undefined : parseServiceAccount(item);
};
