import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

interface Lock {
  packages: Record<string, { deprecated?: string }>;
}

const root = path.resolve(import.meta.dirname, '../..');
const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as Lock;

/** Why a deprecated package is still installed, by its place in the lock file. */
const reasons: Record<string, string> = {};

/** The packages that their authors have deprecated. npm stores the author’s message in the lock file when it adds the package. */
const deprecatedIn = ({ packages }: Lock): string[] =>
  Object.keys(packages).filter((place) => packages[place]?.deprecated !== undefined);

test('no deprecated package is installed without a reason', () => {
  expect(Object.keys(lock.packages).length).toBeGreaterThan(100);
  expect(deprecatedIn(lock).filter((place) => !reasons[place])).toEqual([]);
});

test('a deprecated package is found', () => {
  const packages = { '': {}, 'node_modules/current': {}, 'node_modules/old': { deprecated: 'Use current instead' } };
  expect(deprecatedIn({ packages })).toEqual(['node_modules/old']);
});

test('the version of Node for contributors is one that the package supports', () => {
  const { engines } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    engines: { node: string };
  };
  const contributors = Number(readFileSync(path.join(root, '.nvmrc'), 'utf8'));
  expect(engines.node).toBe(`>=${contributors}`);
});
