import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openApiDocument } from '../../shared/api/openapi.ts';

const sources = path.join(import.meta.dirname, 'python');

/**
 * Builds the wheel of the Python client with openapi-python-client, in a virtual environment of its own. Returns the file of the
 * wheel, or undefined if there is no python3 with venv and pip.
 */
export const buildPython = (folder: string): string | undefined => {
  mkdirSync(folder, { recursive: true });
  const environment = path.join(folder, 'environment');
  if (spawnSync('python3', ['-m', 'venv', environment]).status !== 0) return undefined;
  const run = (program: string, ...given: string[]) =>
    execFileSync(path.join(environment, 'bin', program), given, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  run('pip', 'install', '--quiet', '--disable-pip-version-check', '-r', path.join(sources, 'requirements.txt'));
  writeFileSync(path.join(folder, 'openapi.json'), JSON.stringify(openApiDocument()));
  run(
    'openapi-python-client',
    'generate',
    '--path',
    'openapi.json',
    '--config',
    path.join(sources, 'generator.yaml'),
    '--meta',
    'setup',
    '--output-path',
    'generated',
    '--fail-on-warning',
  );
  run('pip', 'wheel', '--quiet', '--disable-pip-version-check', '--no-deps', '--wheel-dir', 'dist', './generated');
  const wheel = readdirSync(path.join(folder, 'dist')).find((file) => file.endsWith('.whl'));
  return wheel && path.join(folder, 'dist', wheel);
};
