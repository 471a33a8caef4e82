import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { freshReadme, readmes } from '../support/readme.ts';

const root = path.resolve(import.meta.dirname, '../..');
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');

test.each(readmes)('the generated tables of %s are current; npm run readme updates them', async (name) => {
  expect(readFileSync(path.join(root, name), 'utf8')).toBe(await freshReadme(name));
});

test.each([...readmes, 'test/README.md', '.github/CONTRIBUTING.md'])(
  '%s names only scripts of package.json',
  (name) => {
    const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const text = readFileSync(path.join(root, name), 'utf8');
    const named = [...text.matchAll(/`?npm (?:run |(?=start|test))([a-z:-]+)/g)].map(([, script = '']) => script);
    if (name === 'README.md') expect(named.length).toBeGreaterThan(8);
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  },
);

test('the README has at most 250 lines', () => {
  expect(readme.split('\n').length).toBeLessThanOrEqual(251);
});

test('every file and picture that the README names exists', () => {
  const files = [...readme.matchAll(/(?:\]\(|src(?:set)?=")([^)#"]+)/g)].map(([, file = '']) => file);
  expect(files.length).toBeGreaterThan(1);
  expect(files.filter((file) => !file.startsWith('http') && !existsSync(path.join(root, file)))).toEqual([]);
});
