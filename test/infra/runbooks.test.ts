import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { prepareStageCommand, stageCommands } from '../../infra/operators/commands.ts';
import { operatorCommand } from '../../shared/operators/operate.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (...where: string[]) => readFileSync(path.join(root, ...where), 'utf8');
const runbooks = read('infra/README.md');

/** The first group of all matches in the runbooks, each once. */
const named = (pattern: RegExp): string[] => [
  ...new Set([...runbooks.matchAll(pattern)].map((match) => match[1] ?? '')),
];

/** What is wrong with a command for operators as a runbook has it. Undefined: nothing. */
const problemOf = (text: string): string | undefined => {
  const tokens = [...text.matchAll(/'[^']*'|\S+/g)].map(([token]) => token.replace('org_…', `org_${'0'.repeat(26)}`));
  const words: string[] = [];
  const options: Record<string, string> = {};
  for (let token = tokens.shift(); token !== undefined; token = tokens.shift())
    if (token.startsWith('--'))
      options[token.slice(2).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())] = tokens.shift() ?? '';
    else words.push(token);
  const { stage, ...given } = options;
  if (stage !== 'prod') return 'it is not for the stage prod';
  try {
    if (prepareStageCommand(words, given)) return undefined;
  } catch (error) {
    return (error as Error).message;
  }
  const [command, ...others] = words;
  if (others.length > 0) return 'there is no such command';
  // The program renews all organizations if it gets none.
  const every = command === 'renew_entries' ? { organizationId: `org_${'0'.repeat(26)}` } : {};
  return operatorCommand.safeParse({ command, ...every, ...given }).error?.message;
};

describe('the runbooks', () => {
  test('use commands of operators that exist, with words and options that they accept', () => {
    const commands = [...runbooks.matchAll(/npm run operate -- (.+?)(?:`|$)/gm)].map(([, text = '']) => text);
    expect(commands.length).toBeGreaterThan(20);
    const problems = commands.flatMap((text) => {
      const problem = problemOf(text);
      return problem === undefined ? [] : [`${text}: ${problem}`];
    });
    expect(problems).toEqual([]);
  });

  test('use every command for a deployed stage', () => {
    const unused = Object.keys(stageCommands).filter((name) => !runbooks.includes(`--stage prod ${name}`));
    expect(unused).toEqual([]);
  });

  // A query in a shell snippet takes its region and account from the environment, and nobody tests how many results it returns.
  test('never query AWS in the shell', () => {
    // The first changes the account that the operator names. The others delete what a destroyed stage left behind. Its stacks are gone, so that no command can find anything, and nobody
    // should delete a table by mistake: the operator enters the names.
    const allowed = [
      'cognito-idp admin-set-user-mfa-preference',
      'cognito-idp delete-user-pool',
      'cognito-idp update-user-pool',
      'dynamodb delete-table',
      'dynamodb update-table',
      'dynamodb wait',
    ];
    expect(named(/\baws ([a-z0-9-]+ [a-z-]+)/g).toSorted()).toEqual(allowed);
    expect(runbooks).not.toContain('$(');
  });
});

test('runbooks and workflows run scripts that there are', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const workflows = readdirSync(path.join(root, '.github/workflows')).map((file) => read('.github/workflows', file));
  const texts = [runbooks, ...workflows].join('\n');
  const run = [...texts.matchAll(/npm run ([a-z:-]+)/g)].map(([, name = '']) => name);
  expect(run).toEqual(expect.arrayContaining(['deploy', 'smoke', 'bootstrap', 'operate']));
  expect(run.filter((name) => !(name in scripts))).toEqual([]);
});
