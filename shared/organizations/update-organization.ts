import type { Member } from '../actor.ts';
import { operation } from '../api/operation.ts';
import { auditBy } from '../audit/audit-event.ts';
import { treeChanges } from '../pools/change-tree.ts';
import type { Pool } from '../pools/pool.ts';
import { poolNameItem } from '../pools/pool.ts';
import { requireFit } from '../pools/tree-rules.ts';
import type { Secrets } from '../ports.ts';
import { failAt, ok, type Result } from '../result.ts';
import { committed } from '../retry.ts';
import { buildPoolTree, type PoolTree } from '../roles/pool-tree.ts';
import { sameValue } from '../same-value.ts';
import { equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { check, erase, guard, put, update, type Write } from '../table/write.ts';
import { allowedDomainsOf, allowsAddress } from './allowed-domains.ts';
import { currencyOf, isCurrencyFixed } from './currency.ts';
import { organizationRoutes } from './organization-routes.ts';
import { organizationView } from './organization-view.ts';
import type { Organization } from './organization.ts';

export const updateOrganization = operation(
  organizationRoutes.updateOrganization,
  { versioned: async (_services, { organization }) => organization },
  async ({ table, ids, secrets }, { actor, organization: before, body, now, tree, stillAllowed }) => {
    const { signInHoursMax = before.signInHoursMax, ...changed } = body;
    const after: Organization = {
      ...before,
      ...changed,
      signInHoursMax: signInHoursMax ?? undefined,
      version: before.version + 1,
    };
    const renaming = after.name === before.name ? ok([]) : renameRoot(before, await tree(), after.name);
    if (!renaming.ok) return renaming;
    const currency = currencyOf(after) === currencyOf(before) ? ok([]) : changeCurrency(before);
    if (!currency.ok) return currency;
    const changesDomains = !sameValue(allowedDomainsOf(before), allowedDomainsOf(after));
    const domains = changesDomains ? requireOwnDomain(after, actor) : ok(undefined);
    if (!domains.ok) return domains;
    const mfa = after.requireMfa && !before.requireMfa ? requireOwnFactor(actor) : ok(undefined);
    if (!mfa.ok) return mfa;
    const changesTree = renaming.value.length > 0 || currency.value.length > 0 || changesDomains;
    const transaction = await table.transact([
      update(
        keys.organization(before.id),
        {
          set: { ...settingsOf(after), ...newCursorKey(secrets, after) },
          remove: after.signInHoursMax === undefined ? ['signInHoursMax'] : [],
          add: { version: 1 },
        },
        guard(equal('version', before.version), 'retry'),
      ),
      ...(changesTree ? treeChanges(before) : []),
      ...renaming.value,
      ...currency.value,
      ...stillAllowed,
      ...auditBy({ ids }, actor, now, 'settings_changed', [after], {
        before: settingsOf(before),
        after: settingsOf(after),
      }),
    ]);
    return committed(transaction, organizationView(after));
  },
);

const settingsOf = (organization: Organization) => ({
  name: organization.name,
  inviteExpiryDays: organization.inviteExpiryDays,
  currency: currencyOf(organization),
  allowedDomains: allowedDomainsOf(organization),
  hideAddresses: organization.hideAddresses ?? false,
  requireMfa: organization.requireMfa ?? false,
  ...(organization.signInHoursMax !== undefined && { signInHoursMax: organization.signInHoursMax }),
});

/** Whoever requires a second factor of others has one, so that at least one manager can still use the organization. */
const requireOwnFactor = ({ serviceAccount, token }: Member): Result<void> =>
  serviceAccount || token?.secondFactor
    ? ok(undefined)
    : failAt('/requireMfa', 'mfa_required', 'Add an authenticator app to your own account first.');

/** The key is made once, so that cursors stay valid. */
const newCursorKey = (secrets: Secrets, { hideAddresses, cursorKey }: Organization): { cursorKey?: string } =>
  hideAddresses && cursorKey === undefined ? { cursorKey: secrets.random() } : {};

/** Whoever restricts the domains would otherwise notice a typing error only when the next invite is refused. A machine has no address. */
const requireOwnDomain = (after: Organization, { email }: Member): Result<void> =>
  email === undefined || allowsAddress(after, email)
    ? ok(undefined)
    : failAt('/allowedDomains', 'domain_not_allowed', `Include the domain of your own address, ${email}.`);

/** The condition under which the currency can be changed: no amount was ever stored, because amounts are not converted. */
const changeCurrency = (organization: Organization): Result<Write<'currency_in_use'>[]> =>
  isCurrencyFixed(organization)
    ? failAt('/currency', 'currency_in_use', 'It can be changed only before the first amount is stored.')
    : ok([check(keys.organization(organization.id), guard(equal('amountsStored', false), 'currency_in_use'))]);

/** The root pool carries the organization's name. */
const renameRoot = (organization: Organization, tree: PoolTree<Pool>, name: string): Result<Write<'retry'>[]> => {
  const { id, rootPoolId } = organization;
  const root = tree.get(rootPoolId);
  if (!root) throw new Error(`The root pool is missing: ${rootPoolId}`);
  const renamed = { ...root, name };
  const fits = requireFit(buildPoolTree([...tree.all()].map((pool) => (pool === root ? renamed : pool))), root.id);
  if (!fits.ok) return fits;
  const [old, reserved] = [poolNameItem(id, root), poolNameItem(id, renamed)];
  return ok([
    update(keys.pool(id, rootPoolId), { set: { name }, add: { version: 1 } }),
    ...(old.sk === reserved.sk ? [] : [erase(old), put(reserved)]),
  ]);
};
