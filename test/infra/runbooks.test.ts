import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { templatesOf } from '../support/templates.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (...where: string[]) => readFileSync(path.join(root, ...where), 'utf8');
const runbooks = read('infra/README.md');
const templates = templatesOf('prod');

/** What follows `before` in the runbooks, each once. */
const named = (pattern: RegExp): string[] => [
  ...new Set([...runbooks.matchAll(pattern)].map((match) => match[1] ?? '')),
];

describe('the runbooks', () => {
  test('ask stacks for outputs that they have', () => {
    const known = new Set(
      Object.entries(templates).flatMap(([stack, template]) =>
        Object.keys(template.findOutputs('*')).map((output) => `${stack} ${output}`.toLowerCase()),
      ),
    );
    const asked = named(/\$\(output (\w+ \w+)\)/g).map((each) => each.toLowerCase());
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((each) => !known.has(each))).toEqual([]);
  });

  test('look at functions that there are', () => {
    const functions = Object.keys(templates.api.findResources('AWS::Lambda::Function'));
    const asked = named(/(?:lambdas|`logs) ([a-z]\w+)/g);
    expect(asked).toEqual(expect.arrayContaining(['work', 'recordDelivery']));
    expect(asked.filter((name) => !functions.some((id) => id.startsWith(name)))).toEqual([]);
  });
});

test('runbooks and workflows run scripts that there are', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const workflows = readdirSync(path.join(root, '.github/workflows')).map((file) => read('.github/workflows', file));
  const texts = [runbooks, ...workflows].join('\n');
  const run = [...texts.matchAll(/npm run ([a-z:-]+)/g)].map(([, name = '']) => name);
  expect(run).toEqual(expect.arrayContaining(['deploy', 'smoke', 'bootstrap', 'operate', 'restore']));
  expect(run.filter((name) => !(name in scripts))).toEqual([]);
});
