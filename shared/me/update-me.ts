import type { Person } from '../actor.ts';
import { operation } from '../api/operation.ts';
import { audit } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import { pageItemsMax } from '../limits.ts';
import type { Services } from '../ports.ts';
import { ok, type Result } from '../result.ts';
import { committed, retryStale } from '../retry.ts';
import { absent, equal } from '../table/condition.ts';
import { keys, partitions } from '../table/keys.ts';
import { guard, update } from '../table/write.ts';
import { changeEntries } from '../users/change-entries.ts';
import { findUser } from '../users/find-users.ts';
import { isActive } from '../users/user.ts';
import { personView } from './get-me.ts';
import { meRoutes } from './me-routes.ts';
import { myAccount } from '../invites/my-account.ts';

/** Renames the account and then the user in each organization. Repeating a request that failed midway completes it. */
export const updateMe = operation(meRoutes.updateMe, {}, async (services, { actor, body }) => {
  const account = await myAccount(services, actor);
  if (!account.ok) return account;
  await services.directory.rename(actor.personId, body.name);
  let after: string | undefined;
  do {
    const page = await services.personTable(actor.personId).query({
      pk: partitions.person(actor.personId),
      prefix: 'organization#',
      limit: pageItemsMax,
      ...(after !== undefined && { after }),
    });
    for (const { organizationId, userId } of page.items) {
      const renamed = await retryStale(services.clock, () =>
        rename(services, actor, String(organizationId), String(userId), body.name),
      );
      if (!renamed.ok) return renamed;
    }
    after = page.next;
  } while (after !== undefined);
  return ok(personView({ ...account.value, name: body.name }));
});

const rename = async (
  { tenantTable, clock, ids }: Pick<Services, 'tenantTable' | 'clock' | 'ids'>,
  { personId, requestId }: Person,
  organizationId: string,
  userId: string,
  name: string,
): Promise<Result<undefined, Failure | 'retry'>> => {
  const table = tenantTable(organizationId);
  const user = await findUser(table, organizationId, userId);
  if (!user || !isActive(user) || user.name === name) return ok(undefined);
  const renamed = { ...user, name, version: user.version + 1 };
  const listed = await changeEntries(table, organizationId, user, renamed);
  const transaction = await table.transact([
    update(
      keys.user(organizationId, userId),
      { set: { name }, add: { version: 1 } },
      guard(equal('version', user.version), 'retry'),
      // The new row repeats this day, which does not change the version when it is written.
      guard(user.lastSeenAt === undefined ? absent('lastSeenAt') : equal('lastSeenAt', user.lastSeenAt), 'retry'),
    ),
    update(keys.membership(organizationId, personId), { set: { name } }),
    ...listed,
    ...audit({
      organizationId,
      id: ids.next('evt'),
      at: clock.now(),
      actor: renamed,
      action: 'user_renamed',
      targets: [renamed],
      requestId,
      details: { before: user.name, after: name },
    }),
  ]);
  return committed(transaction, undefined);
};
