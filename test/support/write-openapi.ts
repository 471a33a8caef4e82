/** `npm run openapi`: writes down the API as it is now. A test compares. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { openApiDocument } from '../../shared/api/openapi.ts';

export const openApiFile = path.resolve(import.meta.dirname, '../../shared/api/openapi.json');

export const openApiText = (): string => `${JSON.stringify(openApiDocument(), undefined, 2)}\n`;

if (process.argv[1] === import.meta.filename) writeFileSync(openApiFile, openApiText());
