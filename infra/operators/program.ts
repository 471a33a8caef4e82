import { parseArgs } from 'node:util';
import type { OperatorCommand } from '../../shared/operators/operate.ts';
import { openInstallation } from './installation.ts';
import { NotDone } from './not-done.ts';

export interface Arguments {
  /** Words without dashes. */
  words: string[];
  /** `--organization-id x` as `organizationId: 'x'`. */
  options: Record<string, string>;
}

/** Reads the named options, each with a value, from the command line. Throws if there are others. */
export const readArguments = (names: readonly string[]): Arguments => {
  const { values, positionals } = parseArgs({
    options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
    allowPositionals: true,
  });
  const options = Object.entries(values).map(([name, value]) => [
    name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
    String(value),
  ]);
  return { words: positionals, options: Object.fromEntries(options) as Record<string, string> };
};

/** What a program should do: one command of the function for operators, or work that returns what was done, in words. */
export type Asked = { stage: string; command: OperatorCommand } | { work: () => Promise<string> };

/** Runs what was asked for and prints what was done. Exits with 1 if it was not done, and with 2 if the arguments are wrong. */
export const run = async (usage: string, read: () => Asked | undefined): Promise<void> => {
  let asked: ReturnType<typeof read>;
  try {
    asked = read();
  } catch (error) {
    console.error((error as Error).message);
  }
  if (!asked) {
    console.error(usage);
    process.exit(2);
  }
  try {
    console.log(await doWork(asked));
  } catch (error) {
    console.error(error instanceof NotDone ? error.message : whatAwsSays(error));
    process.exit(1);
  }
};

const doWork = async (asked: Asked): Promise<string> => {
  if ('work' in asked) return asked.work();
  const { operate } = await openInstallation(asked.stage);
  return (await operate(asked.command)).done;
};

const whatAwsSays = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error instanceof AggregateError || 'code' in error
    ? `Nothing answers: ${error.message || String((error as { code?: unknown }).code)}`
    : `${error.name}: ${error.message}`;
};
