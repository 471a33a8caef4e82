import { createHash } from 'node:crypto';
import loadFiles from './app/load-files.ts?inline';
import { files } from './files.ts';
import markup from './page.html?inline';
import { pageResponse } from './page-response.ts';

/** The one page of the console. */
export const page = pageResponse(
  // The hash in the content security policy covers the whole content of the script element, so nothing else may be in it.
  markup.replace(/\s*(\/\*load-files\*\/)\s*/, '$1'),
  { '{script}': files.script, '{style}': files.style, '/*load-files*/': loadFiles },
  { script: `'sha256-${createHash('sha256').update(loadFiles).digest('base64')}'` },
);
