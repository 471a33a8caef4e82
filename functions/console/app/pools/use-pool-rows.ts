import { useMemo, useState } from 'react';
import { nameFinder, searchFold } from '../../../../shared/names/search-fold.ts';
import { usePools, type Pool } from '../organization/use-pools.ts';

/** The maximum number of sub-pools shown per pool, and of pools shown by a search. A table with thousands of rows is slow, and nobody reads it. */
const pageOf = 50;
const mostFound = 50;

/**
 * The rows of the pool tree. At first, only the root is expanded. A search shows the matching pools, with the pools above and below
 * them, and expands the pools above.
 */
export const usePoolRows = (search: string) => {
  const { tree, root, ...read } = usePools();
  const [byHand, setByHand] = useState({ search, open: new Map<string, boolean>() });
  const [shownOf, setShownOf] = useState(new Map<string, number>());
  const wanted = searchFold(search);

  const isFound = useMemo(() => nameFinder(wanted), [wanted]);
  const found = useMemo(
    () => (wanted === '' ? [] : [...tree.all()].filter(({ name }) => isFound(name))),
    [tree, wanted, isFound],
  );
  const { matches, onTheWay } = useMemo(() => {
    const shown = found.slice(0, mostFound).map(({ id }) => id);
    return {
      matches: new Set(shown),
      onTheWay: new Set(shown.flatMap((id) => tree.path(id).slice(0, -1)).map(({ id }) => id)),
    };
  }, [found, tree]);

  const isShown = ({ id }: Pool) =>
    wanted === '' || onTheWay.has(id) || tree.path(id).some((above) => matches.has(above.id));
  const all = (pool: Pool) =>
    tree
      .children(pool.id)
      .filter(isShown)
      .toSorted((a, b) => a.name.localeCompare(b.name));
  const shown = ({ id }: Pool) => shownOf.get(id) ?? pageOf;
  const chosen = byHand.search === search ? byHand.open : new Map<string, boolean>();
  const isOpen = ({ id }: Pool) => chosen.get(id) ?? (wanted === '' ? id === root?.id : onTheWay.has(id));

  return {
    ...read,
    count: tree.size,
    roots: root && isShown(root) && (wanted === '' || found.length > 0) ? [root] : [],
    children: (pool: Pool) => all(pool).slice(0, shown(pool)),
    hasChildren: (pool: Pool) => tree.children(pool.id).some(isShown),
    open: [...tree.all()].filter(isOpen),
    toggle: (pool: Pool, open: boolean) => setByHand({ search, open: new Map(chosen).set(pool.id, open) }),
    /** The number of direct sub-pools that are not shown yet. */
    left: (pool: Pool) => Math.max(0, all(pool).length - shown(pool)),
    showMore: (pool: Pool) => setShownOf(new Map(shownOf).set(pool.id, shown(pool) + pageOf)),
    isMatch: ({ id }: Pool) => matches.has(id),
    found: { shown: matches.size, all: found.length },
  };
};
