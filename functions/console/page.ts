import { createHash } from 'node:crypto';
import loadFiles from './app/load-files.ts?inline';
import { files } from './files.ts';
import markup from './page.html?inline';
import { pageResponse } from './page-response.ts';

/** The one page of the console. */
export const page = pageResponse(
  // Nothing but the script may be inside its element, because of the hash.
  markup.replace(/\s*(\/\*load-files\*\/)\s*/, '$1'),
  { '{script}': files.script, '{style}': files.style, '/*load-files*/': loadFiles },
  { script: `'sha256-${createHash('sha256').update(loadFiles).digest('base64')}'` },
);
