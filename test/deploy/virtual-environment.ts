import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from './program.ts';
import { root } from './places.ts';

const directory = path.join(root, '.local', 'ministack');
const requirements = path.join(import.meta.dirname, 'requirements.txt');

/** Its Python, once what `requirements.txt` names is installed. Made anew when that file changes. */
export const openVirtualEnvironment = async (): Promise<string> => {
  const python = path.join(directory, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const installed = path.join(directory, 'installed.txt');
  const wanted = await readFile(requirements, 'utf8');
  if ((await readFile(installed, 'utf8').catch(() => '')) === wanted) return python;
  await rm(directory, { recursive: true, force: true });
  await run({ command: 'python3', arguments: ['-m', 'venv', directory] });
  await run({
    command: python,
    arguments: ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements],
  });
  await writeFile(installed, wanted);
  return python;
};
