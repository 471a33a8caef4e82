import { spawn } from 'node:child_process';
import { appendFile } from 'node:fs/promises';
import { wrong } from './steps.ts';

export interface Program {
  command: string;
  arguments: string[];
  environment?: NodeJS.ProcessEnv;
  directory?: string;
  input?: string;
  /** Keeps what it prints. */
  log?: string;
}

/** Runs it to its end. What it printed: `output` to the terminal's first stream, `all` to both. Wrong when it ends with another code than 0. */
export const run = async (program: Program): Promise<{ output: string; all: string }> => {
  const { command, environment = process.env, directory, input = '', log } = program;
  const child = spawn(command, program.arguments, { env: environment, ...(directory && { cwd: directory }) });
  const printed = { output: '', all: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed.output += text;
    printed.all += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed.all += text;
  });
  // A program that ends without reading is told of by its code.
  child.stdin.on('error', () => undefined).end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  if (log) await appendFile(log, printed.all);
  if (code !== 0) wrong(`${command} ${program.arguments.join(' ')} ended with ${code}:\n${lastLines(printed.all)}`);
  return printed;
};

/** What matters of a long print is at its end. */
export const lastLines = (text: string, count = 25): string => text.trimEnd().split('\n').slice(-count).join('\n');
