import { fail, ok, type Result } from '../result.ts';
import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { parseServiceAccount, type ServiceAccount } from './service-account.ts';

/** The active service account that is to be changed, at the version that was asked for. */
export const serviceAccountToChange = async (
  table: Table,
  organizationId: string,
  { params, ifMatch }: { params: { serviceAccountId: string }; ifMatch?: number | undefined },
): Promise<Result<ServiceAccount>> => {
  const item = await table.get(keys.user(organizationId, params.serviceAccountId));
  if (item?.clientId === undefined || item.status !== 'active') return fail('service_account_not_found');
  const account = parseServiceAccount(item);
  return ifMatch !== undefined && ifMatch !== account.version ? fail('stale_version') : ok(account);
};
