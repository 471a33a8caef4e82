import * as z from 'zod';
import type { AwsStage } from './aws-stage.ts';

/** A command for a deployed stage. */
export interface StageCommand {
  /** What the command does, for the usage text. */
  does: string;
  /** What follows the name of the command: `<function> [--since 1h]`. */
  usage: string;
  /** The names of the words that follow, in order. */
  words: readonly string[];
  /** The names of the options, without dashes: `since`. */
  options: readonly string[];
  /** Checks the words and options. Throws an `Error` that names what is wrong with each. */
  prepare(given: Record<string, string>): (aws: AwsStage) => Promise<string>;
}

interface Definition<Shape extends z.ZodRawShape> {
  does: string;
  usage?: string;
  /** Those of `input` that are words. All others are options. */
  words?: readonly (keyof Shape & string)[];
  input?: Shape;
  /** Does it, and returns what was done, with counts. Throws `NotDone`, or an error of AWS. */
  run(aws: AwsStage, input: z.output<z.ZodObject<Shape>>): Promise<string>;
}

/**
 * Defines a command.
 *
 *     export const purge = stageCommand({
 *       does: 'deletes the dead letters of a queue',
 *       usage: '<queue>',
 *       words: ['queue'],
 *       input: { queue: z.enum(['mail_events', 'work']) },
 *       run: async (aws, { queue }) => …,
 *     });
 */
export const stageCommand = <Shape extends z.ZodRawShape>({
  does,
  usage = '',
  words = [],
  input = {} as Shape,
  run,
}: Definition<Shape>): StageCommand => ({
  does,
  usage,
  words,
  options: Object.keys(input)
    .filter((name) => !words.includes(name))
    .map((name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)),
  prepare: (given) => {
    const parsed = z.strictObject(input).safeParse(given);
    if (!parsed.success) throw new Error(explain(parsed.error));
    return (aws) => run(aws, parsed.data);
  },
});

/** One line for each thing that is wrong: `since: must be …`. */
export const explain = ({ issues }: z.ZodError): string =>
  issues.map(({ path, message }) => [...path, message].join(': ')).join('\n');
