import type { PoolTree } from '../../../../shared/roles/pool-tree.ts';
import { roleName } from '../../../../shared/roles/role-name.ts';
import type { Pool } from '../organization/use-pools.ts';
import { listOf, objectOf, optionalShape, textShape } from '../parts/draft-shape.ts';
import { parseCsv, type CsvRow } from '../parts/parse-csv.ts';
import { roleDraftShape, type RoleDraft } from '../parts/role-draft.ts';
import { checkAddresses } from './check-addresses.ts';
import { fileTexts as texts } from './file-texts.ts';
import { poolFinder, rolesOf, words } from './role-cells.ts';

/** A person to invite, from one line of a CSV file. */
export interface FileInvitee {
  /** The line number in the file, starting at 1. */
  line: number;
  email: string;
  /** If empty, the person gets the roles that are chosen in the form. */
  roles: RoleDraft[];
  /** The reason why this person cannot be invited. Absent if there is none. */
  problem?: string;
}

export interface InviteFile {
  name: string;
  invitees: FileInvitee[];
  /** The headers of columns that are not used. */
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

/** The columns of the file by their names in the template. The lists contain every name that is accepted for a column. */
const columnNames = {
  email: ['email', 'e mail', 'email address', 'e mail address', 'address', 'mail'],
  name: ['name', 'full name'],
  roles: ['roles', 'role'],
  pools: ['pools', 'pool'],
} as const;

type ColumnName = keyof typeof columnNames;

/** Reads a CSV file of people to invite. If the whole file cannot be used, returns the reason as a sentence. */
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

/** The rows of the template. The examples use pools of the organization. */
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
