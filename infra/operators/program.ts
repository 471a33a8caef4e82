import { parseArgs } from 'node:util';
import type { OperatorCommand } from '../../shared/operators/operate.ts';
import { NotDone, operateOn } from './installation.ts';

export interface Arguments {
  /** Words without dashes. */
  words: string[];
  /** `--organization-id x` as `organizationId: 'x'`. */
  options: Record<string, string>;
}

/** Reads the named options, which all take a text. Throws what is wrong with the rest. */
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

/** What a program was asked to do: one command, or work that consists of many. */
export type Asked = { stage: string; command: OperatorCommand } | { work: () => Promise<string> };

/** A program that does what it is asked and says so in words. Exits 1 when it was not done, 2 when it was asked for wrongly. */
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
    console.log('work' in asked ? await asked.work() : (await operateOn(asked.stage, asked.command)).done);
  } catch (error) {
    console.error(error instanceof NotDone ? error.message : whatAwsSays(error));
    process.exit(1);
  }
};

const whatAwsSays = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error instanceof AggregateError || 'code' in error
    ? `Nothing answers: ${error.message || String((error as { code?: unknown }).code)}`
    : `${error.name}: ${error.message}`;
};
