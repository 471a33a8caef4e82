import { identityOf } from '../../../../shared/names/identity.ts';
import { searchFold } from '../../../../shared/names/search-fold.ts';
import type { PoolTree } from '../../../../shared/roles/pool-tree.ts';
import { roleName } from '../../../../shared/roles/role-name.ts';
import { roles, type Role } from '../../../../shared/roles/role.ts';
import type { Pool } from '../organization/use-pools.ts';
import { needsPool, type RoleDraft } from '../parts/role-draft.ts';
import { fileTexts as texts } from './file-texts.ts';

interface RolesRead {
  roles: RoleDraft[];
  problem?: string;
}

/**
 * Reads the role assignments of a line from its cells. The pools are assigned to the roles that need one, in order; if only one role
 * needs a pool, it is assigned on every pool of the cell.
 */
export const rolesOf = (roleCell: string, poolCell: string, findPool: PoolFinder): RolesRead => {
  const named = partsOf(roleCell).map(roleOf);
  const unknown = named.find(({ role }) => role === undefined);
  if (unknown) return { roles: [], problem: texts.unknownRole(unknown.given, roles.map(roleName)) };
  const pools = isOnePool(poolCell, findPool) ? [poolCell] : partsOf(poolCell);
  const onPool = named.filter(({ role, pool }) => needsPool(role) && pool === undefined);
  if (pools.length > 0 && onPool.length === 0)
    return { roles: [], problem: named.length === 0 ? texts.poolWithoutRole : texts.poolNotNeeded };
  const oneForAll = onPool.length === 1 && pools.length > 0;
  if (!oneForAll && pools.length !== onPool.length)
    return { roles: [], problem: texts.poolsDoNotMatch(onPool.length, pools.length) };

  const wanted = named.flatMap((each) => {
    if (each.pool !== undefined || !needsPool(each.role)) return [{ role: each.role, pool: each.pool }];
    const its = oneForAll ? pools : [pools[onPool.indexOf(each)]];
    return its.map((pool) => ({ role: each.role, pool }));
  });
  const found = wanted.map(({ role, pool }) => ({ role, pool, matches: pool === undefined ? [] : findPool(pool) }));
  const lost = found.find(({ pool, matches }) => pool !== undefined && matches.length !== 1);
  if (lost?.pool !== undefined)
    return {
      roles: [],
      problem: lost.matches.length === 0 ? texts.unknownPool(lost.pool) : texts.severalPools(lost.pool),
    };
  const drafts = found.map(({ role, matches: [pool] }): RoleDraft => ({ role, poolId: pool?.id }));
  const places = drafts.map(({ poolId }) => poolId);
  return new Set(places).size < places.length ? { roles: [], problem: texts.twiceOnPool } : { roles: drafts };
};

/** Splits a cell into its values, which are separated by semicolons, vertical bars or line breaks. */
const partsOf = (cell: string): string[] =>
  cell
    .split(/[;|\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Finds a role by its name or its id. As in an exported file, its pool may follow it: `Engineer · Web`. */
const roleOf = (given: string): { given: string; role: Role | undefined; pool: string | undefined } => {
  const [name = '', ...pool] = given.split(' · ');
  const role = roles.find((each) => [each, roleName(each)].some((known) => words(known) === words(name)));
  return { given, role, pool: pool.length > 0 ? pool.join(' · ') : undefined };
};

/** Finds the pools that a path or a name can refer to. */
type PoolFinder = (text: string) => Pool[];

export const poolFinder = (tree: PoolTree<Pool>): PoolFinder => {
  const pools = [...tree.all()];
  const below = (pool: Pool) => pool.path.split(' / ').slice(1).join(' / ');
  const byText = (textOf: (pool: Pool) => string) => Map.groupBy(pools, (pool) => place(textOf(pool)));
  const indexes = [byText(({ path }) => path), byText(below), byText(({ name }) => name)];
  return (text) => indexes.map((index) => index.get(place(text)) ?? []).find((found) => found.length > 0) ?? [];
};

/** Normalizes a path, so that case and the spaces around its slashes do not matter. */
const place = (path: string): string =>
  path
    .split('/')
    .map((part) => identityOf(part.trim()))
    .join('/');

/** Whether the whole cell names one pool. It is then not split, because the name may contain a separator. */
const isOnePool = (cell: string, findPool: PoolFinder): boolean => cell !== '' && findPool(cell).length > 0;

/** Normalizes the name of a column or role, so that case, hyphens and underscores do not matter. */
export const words = (text: string): string =>
  searchFold(text)
    .replaceAll(/[\s_-]+/g, ' ')
    .trim();
