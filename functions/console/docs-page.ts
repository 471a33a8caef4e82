import markup from './docs-page.html?inline';
import { files } from './files.ts';
import { pageResponse } from './page-response.ts';

const { script, style, reference } = files.docs;

/**
 * The reference of the API. Its renderer adds style sheets and `style` attributes to the page, which change with what the reader
 * opens, so hashes cannot name them. No other page of ours allows inline styles.
 */
export const docsPage = pageResponse(
  markup,
  { '{script}': script, '{style}': style, '{reference}': reference },
  { style: "'unsafe-inline'" },
);
