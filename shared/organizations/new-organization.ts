import { isCanary } from '../canary-organization.ts';
import { accountSweepHours, inviteExpiryDaysDefault } from '../limits.ts';
import { poolItem, poolNameItem, type Pool } from '../pools/pool.ts';
import type { Ids } from '../ports.ts';
import { due } from '../table/keys.ts';
import { entryVersion, timeListVersion } from '../table/schema.ts';
import { put, type Write } from '../table/write.ts';
import { after, hour } from '../time.ts';
import { defaultCurrency } from '../currencies.ts';
import { organizationItem, type Organization } from './organization.ts';

/** A new organization without any amount of money. */
export const newOrganization = (
  ids: Ids,
  { name, currency = defaultCurrency }: Pick<Organization, 'name' | 'currency'>,
  now: string,
  managerCount: number,
): Organization => ({
  id: ids.next('org'),
  name,
  rootPoolId: ids.next('pool'),
  inviteExpiryDays: inviteExpiryDaysDefault,
  currency,
  amountsStored: false,
  managerCount,
  treeVersion: 1,
  createdAt: now,
  entryVersion,
  timeListVersion,
  version: 1,
});

/** A new organization with its root pool, which carries its name. The accounts of its users are looked up every day. */
export const organizationWrites = (organization: Organization, rootHolderId: string): Write<never>[] => {
  const root: Pool = {
    id: organization.rootPoolId,
    name: organization.name,
    holderId: rootHolderId,
    absorbed: [],
    createdAt: organization.createdAt,
    version: 1,
  };
  return [
    put({
      ...organizationItem(organization),
      // Nobody signs in as the canary's user, so there is no account to look up.
      ...(isCanary(organization.id) ? {} : due(after(organization.createdAt, accountSweepHours * hour))),
    }),
    put(poolItem(organization.id, root)),
    put(poolNameItem(organization.id, root)),
  ];
};
