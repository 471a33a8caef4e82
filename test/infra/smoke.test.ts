import { expect, test } from 'vitest';
import { runCommand } from '../support/program.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();

const smoke = (...given: string[]) => runCommand(process.execPath, ['infra/operators/smoke.ts', ...given]);

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

test.each(['', '--deep', '--deep --url https://roster.example', '--stage dev --url https://roster.example'])(
  'called with “%s”, it says how it is called',
  async (given) => {
    const { code, complained } = await smoke(...given.split(' ').filter(Boolean));
    expect(code).toBe(1);
    expect(complained).toMatch(/^npm run smoke -- --stage/);
  },
);
