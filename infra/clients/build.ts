/** `npm run clients`: builds the packages of the clients in other languages, from the OpenAPI document, in `.local/clients`. */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buildPython } from './build-python.ts';
import { buildTypeScript } from './build-typescript.ts';

const folder = path.resolve(import.meta.dirname, '../../.local/clients');

/** Builds the packages, the Python one only if Python is available. Returns their files. */
export const buildClients = async (): Promise<{ typescript: string; python: string | undefined }> => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return {
    typescript: await buildTypeScript(path.join(folder, 'typescript')),
    python: buildPython(path.join(folder, 'python')),
  };
};

if (process.argv[1] === import.meta.filename) {
  const { typescript, python } = await buildClients();
  const pythonPackage = python ?? 'not built, because there is no python3 with venv and pip here';
  process.stdout.write(`TypeScript: ${typescript}\nPython:     ${pythonPackage}\n`);
}
