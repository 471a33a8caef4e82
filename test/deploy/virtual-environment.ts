import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from './program.ts';
import { root } from './places.ts';

interface Environment {
  /** The folder in `.local`. */
  name: string;
  /** The file in this folder that lists what to install. */
  requirements: string;
  pipOptions?: string[];
}

/** The path of the environment's Python. Installs the requirements first, and again after the file has changed. */
export const openVirtualEnvironment = async (environment: Environment): Promise<string> => {
  const directory = path.join(root, '.local', environment.name);
  const requirements = path.join(import.meta.dirname, environment.requirements);
  const python = path.join(directory, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const installed = path.join(directory, 'installed.txt');
  const wanted = await readFile(requirements, 'utf8');
  if ((await readFile(installed, 'utf8').catch(() => '')) === wanted) return python;
  await rm(directory, { recursive: true, force: true });
  await run({ command: 'python3', arguments: ['-m', 'venv', directory] });
  await run({
    command: python,
    arguments: [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      ...(environment.pipOptions ?? []),
      '-r',
      requirements,
    ],
  });
  await writeFile(installed, wanted);
  return python;
};
