import { identityOf } from '../../../../shared/names/identity.ts';
import { searchFold } from '../../../../shared/names/search-fold.ts';
import type { PoolTree } from '../../../../shared/roles/pool-tree.ts';
import { roleName } from '../../../../shared/roles/role-name.ts';
import { roles, type Role } from '../../../../shared/roles/role.ts';
import type { Pool } from '../organization/use-pools.ts';
import { listOf, objectOf, optionalShape, textShape } from '../parts/draft-shape.ts';
import { parseCsv, type CsvRow } from '../parts/parse-csv.ts';
import { needsPool, roleDraftShape, type RoleDraft } from '../parts/role-draft.ts';
import { checkAddresses } from './check-addresses.ts';
import { fileTexts as texts } from './file-texts.ts';

/** A line of a CSV file: whom to invite. */
export interface FileInvitee {
  /** The line of the file, from 1. */
  line: number;
  email: string;
  /** Empty: the person gets the roles that are chosen in the form. */
  roles: RoleDraft[];
  /** Why the line cannot be sent. */
  problem?: string;
}

export interface InviteFile {
  name: string;
  invitees: FileInvitee[];
  /** Columns that mean nothing here. */
  ignored: string[];
}

export const inviteFileShape = objectOf<InviteFile>({
  name: textShape,
  invitees: listOf(
    objectOf<FileInvitee>({
      line: (line) => typeof line === 'number',
      email: textShape,
      roles: listOf(roleDraftShape),
      problem: optionalShape(textShape),
    }),
  ),
  ignored: listOf(textShape),
});

/** The columns of the file, as the template names them, with other names that are understood. */
const columnNames = {
  email: ['email', 'e mail', 'email address', 'e mail address', 'address', 'mail'],
  name: ['name', 'full name'],
  roles: ['roles', 'role'],
  pools: ['pools', 'pool'],
} as const;

type ColumnName = keyof typeof columnNames;

/** Reads a CSV file of people to invite. Returns a sentence if the file as a whole cannot be used. */
export const readInviteFile = (
  name: string,
  text: string,
  tree: PoolTree<Pool>,
): { file: InviteFile } | { problem: string } => {
  const { rows, unclosedAt } = parseCsv(text);
  if (unclosedAt !== undefined) return { problem: texts.unclosed(unclosedAt) };
  const [header, ...lines] = rows;
  const columns = header?.cells.map(columnOf) ?? [];
  if (!columns.includes('email')) return { problem: texts.noEmailColumn };
  if (lines.length === 0) return { problem: texts.noLines };
  const cellOf = ({ cells }: CsvRow, column: ColumnName): string => cells[columns.indexOf(column)] ?? '';
  const checked = checkAddresses(lines.map((row) => cellOf(row, 'email')));
  const findPool = poolFinder(tree);
  const invitees = lines.map((row, index): FileInvitee => {
    const { address = '', problem, duplicate = false } = checked[index] ?? {};
    const read = rolesOf(cellOf(row, 'roles'), cellOf(row, 'pools'), findPool);
    const wrong = address === '' ? texts.noAddress : duplicate ? texts.duplicate : (problem ?? read.problem);
    return { line: row.line, email: address, roles: read.roles, ...(wrong !== undefined && { problem: wrong }) };
  });
  const ignored = header?.cells.filter((cell, index) => cell !== '' && columns[index] === undefined) ?? [];
  return { file: { name, invitees, ignored } };
};

const columnOf = (cell: string): ColumnName | undefined => {
  const given = words(cell);
  return (Object.keys(columnNames) as ColumnName[]).find((name) => columnNames[name].some((each) => each === given));
};

/** A name of a column or role without case and punctuation. */
const words = (text: string): string =>
  searchFold(text)
    .replaceAll(/[\s_-]+/g, ' ')
    .trim();

interface RolesRead {
  roles: RoleDraft[];
  problem?: string;
}

/** The role assignments of a line. Each role that needs a pool gets the pool of the same position, or one such role all pools. */
const rolesOf = (roleCell: string, poolCell: string, findPool: PoolFinder): RolesRead => {
  const named = partsOf(roleCell).map(roleOf);
  const unknown = named.find(({ role }) => role === undefined);
  if (unknown) return { roles: [], problem: texts.unknownRole(unknown.given, roles.map(roleName)) };
  const pools = isOnePool(poolCell, findPool) ? [poolCell] : partsOf(poolCell);
  const onPool = named.filter(({ role, pool }) => needsPool(role) && pool === undefined);
  const [only] = onPool;
  if (pools.length > 0 && onPool.length === 0)
    return { roles: [], problem: named.length === 0 ? texts.poolWithoutRole : texts.poolNotNeeded };
  if (only && pools.length !== onPool.length && (onPool.length > 1 || pools.length === 0))
    return { roles: [], problem: texts.poolsDoNotMatch(onPool.length, pools.length) };

  const wanted = named.flatMap((each) => {
    if (each.pool !== undefined || !needsPool(each.role)) return [{ role: each.role, pool: each.pool }];
    const its = onPool.length === 1 ? pools : [pools[onPool.indexOf(each)]];
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

/** The values in a cell: separated by semicolons, bars or line breaks. */
const partsOf = (cell: string): string[] =>
  cell
    .split(/[;|\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** A role by its name or its id. As in an export, it may be followed by its pool: `Engineer · Web`. */
const roleOf = (given: string): { given: string; role: Role | undefined; pool: string | undefined } => {
  const [name = '', ...pool] = given.split(' · ');
  const role = roles.find((each) => [each, roleName(each)].some((known) => words(known) === words(name)));
  return { given, role, pool: pool.length > 0 ? pool.join(' · ') : undefined };
};

/** The pools that a path or a name may mean. */
type PoolFinder = (text: string) => Pool[];

const poolFinder = (tree: PoolTree<Pool>): PoolFinder => {
  const pools = [...tree.all()];
  const below = (pool: Pool) => pool.path.split(' / ').slice(1).join(' / ');
  const byText = (textOf: (pool: Pool) => string) => Map.groupBy(pools, (pool) => place(textOf(pool)));
  const indexes = [byText(({ path }) => path), byText(below), byText(({ name }) => name)];
  return (text) => indexes.map((index) => index.get(place(text)) ?? []).find((found) => found.length > 0) ?? [];
};

/** A path without regard to case and to the spacing around its slashes. */
const place = (path: string): string =>
  path
    .split('/')
    .map((part) => identityOf(part.trim()))
    .join('/');

/** The name of a pool may contain a character that separates values. */
const isOnePool = (cell: string, findPool: PoolFinder): boolean => cell !== '' && findPool(cell).length > 0;

/** The rows of the template, with pools of the organization as examples. */
export const templateRows = (tree: PoolTree<Pool>): string[][] => {
  const byDepth = [...tree.all()].toSorted((a, b) => tree.path(a.id).length - tree.path(b.id).length);
  const [root = '', ...others] = byDepth.map(({ path }) => path);
  const pools = [others[0] ?? root, ...others.slice(1, 2)];
  const roleNames = [roleName('manager'), roleName('engineer')].slice(0, pools.length);
  return [
    ['email', 'name', 'roles', 'pools'],
    ['ada@example.com', 'Ada Lovelace', roleName('engineer'), pools[0] ?? ''],
    ['grace@example.com', 'Grace Hopper', roleNames.join('; '), pools.join('; ')],
    ['linus@example.com', 'Linus Member', roleName('member'), ''],
  ];
};
