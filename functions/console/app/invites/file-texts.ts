import { andList, formatNumber } from '../parts/format.ts';

const people = (count: number): string => `${formatNumber(count)} ${count === 1 ? 'person' : 'people'}`;

/** Texts of the import from a CSV file. */
export const fileTexts = {
  choose: 'Import CSV file',
  template: 'Download template',
  templateName: 'invitations.csv',
  hint: 'Or import a CSV file with the columns email, name, roles and pools, one person per line.',
  about:
    'Names are not used, because people enter their own when they accept. Separate several roles or pools with semicolons, and write a pool as its path, such as Acme / Web.',
  title: (name: string, count: number) => `${people(count)} in ${name}`,
  remove: 'Remove file',
  removeWrong: (count: number) => `Leave out ${formatNumber(count)} ${count === 1 ? 'line' : 'lines'} with errors`,
  ignored: (columns: string[]) => `Ignored columns: ${andList(columns)}.`,
  columns: { line: 'Line', email: 'Email address', roles: 'Roles', problem: 'Problem' },
  noProblem: 'None',
  error: 'Error',
  commonRoles: 'As chosen below',
  rolesOfOthers: 'Roles of people without roles in the file',
  rolesOfFile: 'the roles in the file',

  tooLarge: 'The file is larger than 1 MB.',
  unclosed: (line: number) => `In line ${formatNumber(line)}, a quotation mark is not closed.`,
  noEmailColumn:
    'The first line must name the columns, and one must be called “email”. Download the template for an example.',
  noLines: 'The file has no lines below the names of its columns.',
  linesWrong: (count: number) =>
    `${formatNumber(count)} ${count === 1 ? 'line has an error' : 'lines have errors'}. Correct the file and import it again, or leave the lines out.`,
  noAddress: 'The email address is missing.',
  duplicate: 'The address is in an earlier line too.',
  unknownRole: (role: string, known: string[]) => `“${role}” is not a role. The roles are ${andList(known)}.`,
  unknownPool: (pool: string) => `There is no pool “${pool}”.`,
  severalPools: (pool: string) => `Several pools are called “${pool}”. Write the whole path.`,
  poolWithoutRole: 'A pool is named, but no role.',
  poolNotNeeded: 'These roles apply to the whole organization, so do not name a pool.',
  poolsDoNotMatch: (roles: number, pools: number) =>
    `${formatNumber(roles)} ${roles === 1 ? 'role needs' : 'roles need'} a pool, but ${formatNumber(pools)} ${pools === 1 ? 'pool is' : 'pools are'} named.`,
  twiceOnPool: 'A person can have only one role per pool.',
};
