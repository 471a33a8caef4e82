/**
 * `npm run openapi` writes the OpenAPI document of the API as it is now. With `-- --release` it also stores the document as that of
 * a released version, in place of the one before. Tests compare both with the API.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openApiDocument } from '../../shared/api/openapi.ts';
import { apiVersion } from '../../shared/api/versioning.ts';

export const openApiFile = path.resolve(import.meta.dirname, '../../shared/api/openapi.json');

export const openApiText = (): string => `${JSON.stringify(openApiDocument(), undefined, 2)}\n`;

/** The folder with the document of the last released version. */
export const releasedFolder = path.resolve(import.meta.dirname, '../../shared/api/released');

const write = (): void => {
  writeFileSync(openApiFile, openApiText());
  if (!process.argv.includes('--release')) return;
  rmSync(releasedFolder, { recursive: true, force: true });
  mkdirSync(releasedFolder);
  writeFileSync(path.join(releasedFolder, `${apiVersion}.json`), JSON.stringify(openApiDocument()));
};

if (process.argv[1] === import.meta.filename) write();
