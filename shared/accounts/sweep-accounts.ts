import { accountSweepHours, accountsPerSweepStep, sweepPauseSeconds } from '../limits.ts';
import type { WorkServices } from '../ports.ts';
import { due, idOfSortKey, keys, partitions } from '../table/keys.ts';
import { update } from '../table/write.ts';
import { after, hour, second } from '../time.ts';
import { requestTotals } from '../totals/request-totals.ts';
import { checkAccount } from './check-account.ts';

/**
 * Looks up the accounts of the next users of an organization, so that changes of the accounts of inactive users are found too. A
 * step is one Query and one call to the directory per user; after the last one, the organization is due again the next day.
 */
export const sweepAccounts = async (services: WorkServices, organizationId: string): Promise<void> => {
  const table = services.tenantTable(organizationId);
  const key = keys.organization(organizationId);
  const organization = await table.get(key);
  const dueAt = organization?.dueAt;
  const sweptThrough = organization?.sweptThrough;
  if (typeof dueAt !== 'string' || dueAt > services.clock.now()) return;
  const page = await table.query({
    pk: partitions.users(organizationId),
    limit: accountsPerSweepStep,
    ...(typeof sweptThrough === 'string' && { after: sweptThrough }),
  });
  // One after another, because Cognito limits the number of look-ups per second for the whole account.
  for (const { sk } of page.items) await checkAccount(services, organizationId, idOfSortKey(sk));
  const next =
    page.next === undefined
      ? { set: due(after(services.clock.now(), accountSweepHours * hour)), remove: ['sweptThrough', 'wake'] }
      : {
          set: { sweptThrough: page.next, ...due(after(services.clock.now(), sweepPauseSeconds * second)) },
          remove: ['wake'],
        };
  // Repairs the totals, which lack a change if its report was lost.
  if (page.next === undefined) await requestTotals(services, organizationId);
  await table.update(update(key, next));
};
