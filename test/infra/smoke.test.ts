import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { useStack } from '../support/stack.ts';

const stack = useStack();
const program = path.resolve(import.meta.dirname, '../../infra/operators/smoke.ts');

const smoke = async (...given: string[]): Promise<{ code: number; said: string; complained: string }> => {
  const child = spawn(process.execPath, [program, ...given], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [said, complained, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number]>,
  ]);
  return { code, said, complained };
};

test('a stage that answers as it should passes, check by check', async () => {
  const { code, said, complained } = await smoke('--url', stack.endpoints.api);
  expect({ code, complained }).toEqual({ code: 0, complained: '' });
  expect(said.trim().split('\n')).toHaveLength(6);
});

test('one whose address serves something else does not', async () => {
  const { code, complained } = await smoke('--url', stack.endpoints.inbox);
  expect(code).toBe(1);
  expect(complained).toMatch(/^The API is up: no, it answers 403/);
});

test('without a stage it says how it is called', async () => {
  const { code, complained } = await smoke();
  expect(code).toBe(1);
  expect(complained).toMatch(/^npm run smoke -- --stage/);
});
