import { nameFinder } from '../../../../shared/names/search-fold.ts';
import type { PoolTree } from '../../../../shared/roles/pool-tree.ts';
import { roleName } from '../../../../shared/roles/role-name.ts';
import { roles as allRoles } from '../../../../shared/roles/role.ts';
import type { RoleDraft } from './role-draft.ts';
import { partTexts as texts } from './texts.ts';

/** `subtree`: by the pool directly below the root whose subtree contains the role's pool. */
export type Grouping = 'role' | 'subtree';

export interface GroupedRole<D extends RoleDraft> {
  /** The object that was passed to `groupRoles`. */
  assignment: D;
  label: string;
  /**
   * The pools above the role's pool, from its parent upwards: `Web ‹ Engineering`. The root pool is left out, because every path
   * ends there. Empty for the root pool and the pools directly below it.
   */
  place: string;
}

export interface RoleGroup<D extends RoleDraft> {
  name: string;
  roles: GroupedRole<D>[];
}

/** Groups role assignments. With a search, only those whose role or path contains its words. */
export const groupRoles = <D extends RoleDraft>(
  assignments: readonly D[],
  tree: PoolTree,
  by: Grouping,
  search: string,
): RoleGroup<D>[] => {
  const isFound = nameFinder(search);
  const found = assignments
    .map((assignment) => describe(assignment, tree))
    .filter(({ role, path }) => isFound([role, ...path].join(' ')))
    .toSorted((a, b) => rankOf(a.assignment) - rankOf(b.assignment) || a.path.join().localeCompare(b.path.join()));
  const groups = Map.groupBy(found, ({ role, path }) =>
    by === 'role' ? role : (path[1] ?? path[0] ?? texts.wholeOrganization),
  );
  return [...groups].map(([name, members]) => ({
    name,
    roles: members.map(({ assignment, role, path, place }) => ({
      assignment,
      place,
      label: labelOf(by, role, path.at(-1)),
    })),
  }));
};

const describe = <D extends RoleDraft>(assignment: D, tree: PoolTree) => {
  const { role, poolId = '' } = assignment;
  const path = tree.path(poolId).map(({ name }) => name);
  const place = path.slice(1, -1).toReversed().join(' ‹ ');
  return { assignment, role: role === undefined ? '' : roleName(role), path, place };
};

const labelOf = (by: Grouping, role: string, pool: string | undefined): string => {
  if (by === 'role') return pool ?? texts.wholeOrganization;
  return pool === undefined ? role : `${role} · ${pool}`;
};

const rankOf = ({ role }: RoleDraft): number => {
  const rank = (allRoles as readonly (string | undefined)[]).indexOf(role);
  return rank < 0 ? allRoles.length : rank;
};
