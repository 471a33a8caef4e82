import type { Member } from '../actor.ts';
import { findOwners } from '../assets/owner.ts';
import type { Failure } from '../errors.ts';
import type { Pool } from '../pools/pool.ts';
import { findResource, poolPathOf } from '../resources/find-resources.ts';
import { fail, ok, type Result } from '../result.ts';
import { authorize, couldEver, type Target } from '../roles/authorize.ts';
import { reachOf, type Action } from '../roles/matrix.ts';
import { unknownPool } from '../roles/known-pools.ts';
import { buildPoolTree, pathIds, type PoolTree } from '../roles/pool-tree.ts';
import { whoMay } from '../roles/refusal.ts';
import { stillHolds, stillOwns } from '../roles/right-condition.ts';
import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import type { Key, Write } from '../table/write.ts';
import { fieldOf, pointerTo, type Facts, type PoolTarget, type RequiredRight, type ResourceTarget } from './access.ts';
import type { Idempotency } from './route.ts';

/** The parts of a request that name pools and resources. They are untyped because each route has its own schemas. */
interface Parts {
  params: unknown;
  query: unknown;
  body: unknown;
}

const fieldsOf = ({ params, query, body }: Parts) =>
  ({ params: params ?? {}, query: query ?? {}, body: body ?? {} }) as Pick<Facts, 'params' | 'query' | 'body'>;

/** Returns the keys of the resources on which the route requires rights, as far as the request names them. */
export const targetKeys = (access: readonly RequiredRight[], organizationId: string, parts: Parts): Key[] =>
  [...new Set(access.flatMap(({ on }) => (isResource(on) ? (fieldOf(fieldsOf(parts), on.resource) ?? []) : [])))].map(
    (resourceId) => keys.resource(organizationId, resourceId),
  );

/** Refuses a request whose actions the actor's roles allow nowhere, so that the refusal reveals nothing about the objects named. */
export const fitsRole = (access: readonly RequiredRight[], { assignments }: Member): Result<void> => {
  const [first] = access;
  return !first || access.some(({ action }) => couldEver(assignments, action))
    ? ok(undefined)
    : fail('forbidden', whoMay(first.action));
};

interface Scene extends Parts {
  actor: Member;
  table: Table;
  tree: () => Promise<PoolTree<Pool>>;
  /** A repeated request may name a pool that was deleted since. The right is then required on the pool that absorbed it. */
  replays: Idempotency | undefined;
}

/** Returns the write conditions that the actor still has every right required for this request, or the refusal. */
export const decideRights = async (
  access: readonly RequiredRight[],
  scene: Scene,
): Promise<Result<Write<'forbidden'>[], Failure | 'retry'>> => {
  const { actor } = scene;
  const onObjects = access.some(({ on }) => typeof on === 'object');
  const fields = fieldsOf(scene);
  const conditions: Write<'forbidden'>[] = [];
  const facts: Facts = { actor, tree: onObjects ? await scene.tree() : noPools, ...fields };
  for (const { action, on, when } of access) {
    if (when && !when(facts)) continue;
    if (on === 'each item') continue;
    const decided =
      on === 'organization'
        ? decideItem(actor, action, {})
        : isResource(on)
          ? await decideOnResource(on, action, facts, scene)
          : decideOnPool(on, action, facts, scene);
    if (!decided.ok) return decided;
    conditions.push(...decided.value);
  }
  return ok(conditions);
};

const noPools = buildPoolTree([]);

const isResource = (on: RequiredRight['on']): on is ResourceTarget => typeof on === 'object' && 'resource' in on;

/** Decides one right and returns its write condition. A right of every user needs no assignment, so role changes do not affect it. */
export const decideItem = (actor: Member, action: Action, target: Target): Result<Write<'forbidden'>[]> => {
  const everyUsers = authorize([], action, target);
  const decision = everyUsers.allowed ? everyUsers : authorize(actor.assignments, action, target);
  return decision.allowed ? ok([stillHolds(actor, decision.through)]) : fail('forbidden', whoMay(action));
};

const decideOnPool = (
  { pool: path, missing, parent = false }: PoolTarget,
  action: Action,
  { actor, tree, ...fields }: Facts,
  { replays }: Scene,
): Result<Write<'forbidden'>[]> => {
  const named = fieldOf(fields, path) ?? '';
  const pool = replays ? tree.currentPool(named) : tree.get(named);
  if (pool) return decideItem(actor, action, { poolPath: pathIds(tree, parent ? (pool.parentId ?? '') : pool.id) });
  if (!couldEver(actor.assignments, action)) return fail('forbidden', whoMay(action));
  return missing === 'pool_not_found' ? fail(missing) : unknownPool(pointerTo(path));
};

/** Reads the owner of the resource only if the actor lacks the right otherwise and would have it as the owner. */
const decideOnResource = async (
  { resource: path }: ResourceTarget,
  action: Action,
  { actor, tree, ...fields }: Facts,
  { table }: Scene,
): Promise<Result<Write<'forbidden'>[]>> => {
  const organizationId = actor.organization.id;
  if (!couldEver(actor.assignments, action)) return fail('forbidden', whoMay(action));
  const resource = await findResource(table, organizationId, fieldOf(fields, path) ?? '');
  if (!resource) return fail('resource_not_found');
  const poolPath = poolPathOf(resource, tree);
  const allowed = decideItem(actor, action, { poolPath });
  if (allowed.ok) return allowed;
  const asOwner = authorize(actor.assignments, action, { poolPath, own: true });
  if (!asOwner.allowed) return allowed;
  const ownerOf = await findOwners(table, organizationId, [resource.holderId]);
  if (ownerOf(resource.holderId).id !== actor.userId) return allowed;
  return ok([
    stillHolds(actor, asOwner.through),
    ...(reachOf(action, asOwner.through.role) === 'own' ? [stillOwns(actor, resource.holderId)] : []),
  ]);
};
