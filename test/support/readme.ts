/** The README's tables, as the code has them. Run as a program it writes them into the README; a test compares. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'prettier';
import { matrix, reachOf, type Action } from '../../shared/roles/matrix.ts';
import { roleNames } from '../../shared/roles/role-names.ts';
import { roles } from '../../shared/roles/role.ts';
import { accessPatterns } from '../../shared/table/access-patterns.ts';

export const readmeFile = path.resolve(import.meta.dirname, '../../README.md');

const row = (cells: (string | number)[]): string => `| ${cells.join(' | ')} |`;

const permissionMatrix = (): string =>
  [
    row(['Action', ...roles.map((role) => roleNames[role])]),
    row(['---', ...roles.map(() => '---')]),
    ...(Object.keys(matrix) as Action[]).map((action) =>
      row([`\`${action}\``, ...roles.map((role) => reachOf(action, role) ?? '')]),
    ),
  ].join('\n');

const accessPatternTable = (): string =>
  [
    row(['Operation', 'How', 'Requests', 'Items written', 'Read units', 'Write units']),
    row(['---', '---', '---:', '---:', '---:', '---:']),
    ...Object.entries(accessPatterns).map(([name, { how, requests, written, readUnits, writeUnits }]) =>
      row([`\`${name}\``, how, requests, written, readUnits, writeUnits]),
    ),
  ].join('\n');

/** The README with its tables made anew. */
export const freshReadme = (): Promise<string> => {
  const tables: Record<string, string> = {
    'permission matrix': permissionMatrix(),
    'access patterns': accessPatternTable(),
  };
  const text = readFileSync(readmeFile, 'utf8').replace(
    /<!-- ([a-z ]+) -->\n[\s\S]*?<!-- end -->/g,
    (_, name: string) => `<!-- ${name} -->\n\n${tables[name] ?? ''}\n\n<!-- end -->`,
  );
  return format(text, { parser: 'markdown', printWidth: 120, singleQuote: true });
};

if (process.argv[1] === import.meta.filename) writeFileSync(readmeFile, await freshReadme());
