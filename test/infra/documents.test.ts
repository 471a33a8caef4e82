import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const folders = ['shared', 'functions', 'infra', 'test', '.github'];
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

const documents = [
  'README.md',
  ...folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md'))
      .map((file) => path.join(folder, file)),
  ),
];

/** The files in the repository that a document links to, relative to the root. */
const linksIn = (document: string): string[] =>
  [...read(document).matchAll(/\]\(([^)#\s]+)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => path.join(path.dirname(document), link));

/** The paths in a document that are written as code: `shared/limits.ts`. Those with a placeholder name no single file. */
const pathsIn = (document: string): string[] =>
  [...read(document).matchAll(/`([^`\s]+)`/g)]
    .map(([, code = '']) => code)
    .filter((code) => folders.some((folder) => code.startsWith(`${folder}/`)) && !/[*…<]/.test(code));

test.each(documents)('the files that %s names exist', (document) => {
  expect([...linksIn(document), ...pathsIn(document)].filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
});

describe('decisions', () => {
  const pages = readdirSync(path.join(root, 'shared/decisions')).filter((file) => file !== 'README.md');

  test.each(pages)('%s states the context, the choice, its cost, and what would change it', (page) => {
    const headings = [...read(`shared/decisions/${page}`).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(['Context', 'Choice', 'Cost', 'What would change it']);
  });

  test('their list names every page', () => {
    const listed = linksIn('shared/decisions/README.md').map((file) => path.basename(file));
    expect(listed.toSorted()).toEqual(pages.toSorted());
  });
});

test('each recipe of the contributing guide names at least two files', () => {
  const [, ...recipes] = read('.github/CONTRIBUTING.md').split(/^### /m);
  expect(recipes.map((recipe) => recipe.split('\n')[0])).toEqual([
    'Add an endpoint',
    'Add a field',
    'Add a role',
    'Add a kind of asset',
    'Add an email',
    'Add a language',
    'Use another mail provider',
    'Add an alarm',
    'Add a limit',
    'Add a bulk action',
    'Add an index',
    'Add an audit event',
  ]);
  for (const recipe of recipes)
    expect(recipe.match(/`(?:shared|functions|infra|test)\/[^`]+`/g)?.length).toBeGreaterThan(1);
});

test('the files that name the version of Node agree', () => {
  const version = read('.nvmrc').trim();
  const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
  expect(engines.node).toBe(`>=${version}`);
  const workflows = readdirSync(path.join(root, '.github/workflows')).map((file) => read(`.github/workflows/${file}`));
  expect(workflows.join('\n')).not.toMatch(/node-version:/);
});
