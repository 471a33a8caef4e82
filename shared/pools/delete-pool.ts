import type { Member } from '../actor.ts';
import type { Input, Operation } from '../api/route.ts';
import { auditBy } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import { currentOrganization } from '../organizations/current-organization.ts';
import type { Services } from '../ports.ts';
import { fail, type Result } from '../result.ts';
import { startOver, written } from '../retry.ts';
import { authorize } from '../roles/authorize.ts';
import { stillHolds } from '../roles/entitlement.ts';
import { pathIds } from '../roles/pool-tree.ts';
import { keys } from '../table/keys.ts';
import { erase, update } from '../table/write.ts';
import { treeChanges } from './change-tree.ts';
import type { poolRoutes } from './pool-routes.ts';
import { maximumAbsorbed, poolNameItem } from './pool.ts';

type DeletePool = typeof poolRoutes.deletePool;

export const deletePool: Operation<DeletePool> = (services) => (actor, input) =>
  startOver((stale) => attempt(services, actor, input, stale));

/** Nothing is moved: the parent absorbs the pool, and whatever names the pool is from then on found in the parent. Roles on it count for nothing. */
const attempt = async (
  services: Services,
  actor: Member,
  { params, ifMatch }: Input<DeletePool>,
  stale: boolean,
): Promise<Result<undefined, Failure | 'again'>> => {
  const { table, clock, poolTree } = services;
  const organization = await currentOrganization(table, actor, stale);
  const tree = await poolTree(table, organization.id, organization.treeVersion);
  const pool = tree.get(params.poolId);
  if (!pool) return fail('pool_not_found');
  const parent = tree.get(pool.parentId ?? '');
  if (!parent) return fail('root_pool', 'It goes with the organization.');
  const decision = authorize(actor.assignments, 'delete_pool', { poolPath: pathIds(tree, pool.id) });
  if (!decision.allowed) return fail('forbidden', 'You manage no pool above this one.');
  if (ifMatch !== undefined && ifMatch !== pool.version) return fail('stale_version');
  if (tree.children(pool.id).length > 0) return fail('pool_has_children', 'Move or delete the pools below it first.');
  const absorbed = [pool.id, ...pool.absorbed];
  if (parent.absorbed.length + absorbed.length > maximumAbsorbed)
    return fail('parent_full', 'The pool above has taken in too many: move this one elsewhere first.');

  return written(
    await table.transact([
      erase(keys.pool(organization.id, pool.id)),
      erase(poolNameItem(organization.id, pool)),
      update(keys.pool(organization.id, parent.id), { append: { absorbed }, add: { version: 1 } }),
      ...treeChanges(organization),
      stillHolds(actor, decision.through),
      auditBy(services, actor, clock.now(), 'pool_deleted', [pool.id, parent.id], {
        name: pool.name,
        parentId: parent.id,
      }),
    ]),
    undefined,
  );
};
