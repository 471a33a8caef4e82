/** Generates the READMEs' tables from the code. Run as a program, it updates the READMEs; a test fails if they are out of date. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'prettier';
import { monthlyCost, prices, total, usages } from '../../infra/cost/cost.ts';
import * as limits from '../../shared/limits.ts';
import { matrix, reachOf, type Action } from '../../shared/roles/matrix.ts';
import { roleDefinitions, roles } from '../../shared/roles/role.ts';
import type { AccessPattern } from '../../shared/table/access-pattern.ts';
import { accessPatterns, specialCases } from '../../shared/table/access-patterns.ts';
import { brokenLimits, limitsText, tableOf, type Result } from '../bench/report.ts';
import { guardedOperations } from '../guards/guarded-operations.ts';
import { guardRows } from './guarded.ts';
import { animationOf, story } from './pictures/animation.ts';
import { consolePictures, fileOf, invitationPictures, picturesFolder, type Theme } from './pictures/readme-pictures.ts';

const root = path.resolve(import.meta.dirname, '../..');

const row = (cells: (string | number)[]): string => `| ${cells.join(' | ')} |`;

const permissionMatrix = (): string =>
  [
    row(['Action', ...roles.map((role) => roleDefinitions[role].name)]),
    row(['---', ...roles.map(() => '---')]),
    ...(Object.keys(matrix) as Action[]).map((action) =>
      row([`\`${action}\``, ...roles.map((role) => reachOf(action, role) ?? '')]),
    ),
  ].join('\n');

const accessPatternTable = (): string =>
  [
    row(['Operation', 'How', 'Requests', 'Round trips', 'Items written', 'Read units', 'Write units']),
    row(['---', '---', '---:', '---:', '---:', '---:', '---:']),
    ...Object.entries<AccessPattern>({ ...accessPatterns, ...specialCases }).map(
      ([name, { how, requests, roundTrips, written, readUnits, writeUnits }]) =>
        row([`\`${name}\``, how, requests, roundTrips, written, readUnits, writeUnits]),
    ),
  ].join('\n');

const dollars = (amount: number): string => (amount < 10 ? amount.toFixed(2) : Math.round(amount).toLocaleString('en'));

/** The costs of low and high usage: `1.80–16`, or one amount if both are the same. */
const range = (amounts: number[]): string => [...new Set(amounts.map(dollars))].join('–');

const costTable = (): string => {
  const sizes = [100, 10_000, 1_000_000];
  const costs = sizes.map((users) => Object.values(usages).map((usage) => monthlyCost(users, usage)));
  const names = Object.keys(costs[0]?.[0] ?? {});
  return [
    row([`${prices.currency} a month`, ...sizes.map((users) => `${users.toLocaleString('en')} users`)]),
    row(['---', ...sizes.map(() => '---:')]),
    ...names.map((name) => row([name, ...costs.map((both) => range(both.map((cost) => cost[name] ?? 0)))])),
    row(['**In all**', ...costs.map((both) => `**${range(both.map(total))}**`)]),
  ].join('\n');
};

/** The latest recorded run of the benchmark. */
const benchmark = (): string => {
  const result = JSON.parse(readFileSync(path.join(root, 'test/bench/result.json'), 'utf8')) as Result;
  const [header = [], ...rows] = tableOf(result);
  const broken = brokenLimits(result);
  return [
    `Measured on ${result.date}: ${result.machine}. The peer is ${result.peer} on SQLite in memory.`,
    '',
    row(header),
    row(header.map((_, column) => (column === 0 ? '---' : '---:'))),
    ...rows.map(row),
    '',
    `${limitsText} ${broken.length === 0 ? 'This run kept all limits.' : `This run broke: ${broken.join(' ')}`}`,
  ].join('\n');
};

/** The animation, as the first thing that a visitor sees. */
const animation = (): string => {
  const source = `<source media="(prefers-color-scheme: dark)" srcset="${animationOf('dark')}">`;
  const description = story.map(({ caption }) => caption).join(' ');
  return `<picture>${source}<img src="${animationOf('light')}" alt="${description}"></picture>`;
};

/** Two pictures in each row. The browser shows the light or dark ones, depending on the reader's theme. */
const pictureTable = (pictures: typeof consolePictures): string => {
  const cells = pictures.map(({ name, title }) => {
    const at = (theme: Theme) => `${picturesFolder}/${fileOf(name, theme)}`;
    const source = `<source media="(prefers-color-scheme: dark)" srcset="${at('dark')}">`;
    return `${title}<br><picture>${source}<img src="${at('light')}" alt="${title}"></picture>`;
  });
  const rows = Array.from({ length: Math.ceil(cells.length / 2) }, (_, index) =>
    row([cells[2 * index] ?? '', cells[2 * index + 1] ?? '']),
  );
  return [row(['', '']), row(['---', '---']), ...rows].join('\n');
};

const guardTable = (): string =>
  [
    row(['Operation', 'Guard', 'Without it']),
    row(['---', '---', '---']),
    ...guardedOperations.flatMap((guardedOperation) =>
      guardRows(guardedOperation).map(([name, { harm }]) =>
        row([`\`${guardedOperation.operation}\``, `\`${name}\``, harm]),
      ),
    ),
  ].join('\n');

/** The limits that the product requires. Their comments in `shared/limits.ts` end with “Product rule.” */
const limitTable = (): string => {
  const source = readFileSync(path.join(root, 'shared/limits.ts'), 'utf8');
  const rules = source.matchAll(
    /\/\*\*((?:(?!\*\/)[\s\S])*?)Product rule\.\s*\*\/\n((?:export const \w+ = [^;]+;\n)+)/g,
  );
  return [
    row(['Limit', 'Value']),
    row(['---', '---:']),
    ...Array.from(rules, ([, comment = '', constants = '']) => {
      const names = [...constants.matchAll(/^export const (\w+)/gm)].map(([, name = '']) => name);
      return row([comment.replaceAll(/\s*\n? \* /g, ' ').trim(), names.map((name) => valueOf(name)).join(', ')]);
    }),
  ].join('\n');
};

const valueOf = (name: string): string => {
  const value = (limits as Record<string, unknown>)[name];
  if (typeof value !== 'number') throw new Error(`The limit ${name} is not a number`);
  const unit = unitOf.find(([end]) => new RegExp(`${end}(Max|Min|Default)?$`).test(name))?.[1];
  const style: Intl.NumberFormatOptions = unit ? { style: 'unit', unit, unitDisplay: 'long' } : {};
  if (name.includes('Share')) return value.toLocaleString('en', { style: 'percent', maximumFractionDigits: 3 });
  return `${value.toLocaleString('en', style)}${/Letters(Max|Min)?$/.test(name) ? ' characters' : ''}`;
};

/** The units with which the names of limits end. Counts have none. */
const unitOf = ['Seconds', 'Minutes', 'Hours', 'Days', 'Months', 'Bytes'].map((end) => [
  end,
  end.slice(0, -1).toLowerCase(),
]);

/** The generated tables of each README, by the name in the comment that marks their place. */
const tablesOf: Record<string, () => Record<string, string>> = {
  'README.md': () => ({
    animation: animation(),
    'invitation pictures': pictureTable(invitationPictures),
    'console pictures': pictureTable(consolePictures),
  }),
  'shared/README.md': () => ({ 'permission matrix': permissionMatrix(), limits: limitTable() }),
  'shared/table/README.md': () => ({ 'access patterns': accessPatternTable() }),
  'infra/cost/README.md': () => ({ 'cost table': costTable() }),
  'test/guards/README.md': () => ({ guards: guardTable() }),
  'test/bench/README.md': () => ({ benchmark: benchmark() }),
};

/** All READMEs that contain generated tables. */
export const readmes = Object.keys(tablesOf);

/** The text of a README with its tables regenerated. */
export const freshReadme = (name: string): Promise<string> => {
  const tables = tablesOf[name]?.() ?? {};
  const text = readFileSync(path.join(root, name), 'utf8').replace(
    /<!-- ([a-z ]+) -->\n[\s\S]*?<!-- end -->/g,
    (_, table: string) => `<!-- ${table} -->\n\n${tables[table] ?? ''}\n\n<!-- end -->`,
  );
  return format(text, { parser: 'markdown', printWidth: 120, singleQuote: true });
};

if (process.argv[1] === import.meta.filename)
  for (const name of readmes) writeFileSync(path.join(root, name), await freshReadme(name));
