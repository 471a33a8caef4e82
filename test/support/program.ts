import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { patience } from '../../infra/local/patience.ts';

export interface Ended {
  code: number | null;
  said: string;
  complained: string;
}

/** Runs a command, and does not stand still meanwhile: sockets that servers close would be taken for open afterwards. */
export const runCommand = async (
  command: string,
  given: string[],
  {
    cwd,
    environment = {},
    limit = patience.program,
  }: { cwd?: string; environment?: Record<string, string>; limit?: number } = {},
): Promise<Ended> => {
  const child = spawn(command, given, {
    ...(cwd !== undefined && { cwd }),
    env: { ...process.env, ...environment },
    // A socket would make bash believe to be a remote shell, and read its start-up files.
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: limit,
  });
  const [said, complained, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code, said, complained };
};
