import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The names of the files that our pages load. See infra/constructs/bundle-console.ts. */
interface Files {
  script: string;
  style: string;
  docs: { script: string; style: string; reference: string };
}

export const files = JSON.parse(readFileSync(path.join(import.meta.dirname, 'files.json'), 'utf8')) as Files;
