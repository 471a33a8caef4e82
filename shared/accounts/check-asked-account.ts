import { isCanary } from '../canary-organization.ts';
import type { WorkServices } from '../ports.ts';
import { absent, equal } from '../table/condition.ts';
import { dueNow, keys } from '../table/keys.ts';
import { guard, update, type Key } from '../table/write.ts';
import { checkAccount } from './check-account.ts';

/**
 * Looks up the account of a user if a request of the user has scheduled it. In an organization of an earlier version, whose
 * accounts are not looked up every day, this also starts the daily look-ups.
 */
export const checkAskedAccount = async (services: WorkServices, organizationId: string, key: Key): Promise<void> => {
  const table = services.tenantTable(organizationId);
  const item = await table.get(key);
  const accountAskedAt = item?.accountAskedAt;
  if (typeof accountAskedAt !== 'string') return;
  await checkAccount(services, organizationId, String(item?.id));
  if (!isCanary(organizationId))
    await table.update(
      update(keys.organization(organizationId), { set: dueNow(services.clock.now()) }, guard(absent('dueAt'), 'begun')),
    );
  await table.update(
    update(key, { remove: ['accountAskedAt'] }, guard(equal('accountAskedAt', accountAskedAt), 'asked')),
  );
};
