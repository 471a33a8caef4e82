import { createHash } from 'node:crypto';
import { openApiDocument } from '../../shared/api/openapi.ts';
import type { Operation } from '../../shared/api/route.ts';
import { escapeHtml } from '../../shared/mail/mail-body.ts';
import type { platformRoutes } from '../../shared/platform/platform-routes.ts';
import { ok } from '../../shared/result.ts';
import style from './docs-page.css?inline';

interface Described {
  operationId: string;
  summary: string;
  parameters: { name: string; in: string; required: boolean; description?: string }[];
  requestBody?: { content: Record<string, { schema: unknown }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: unknown }> }>;
  security: unknown[];
}

const contentSchema = (content: Record<string, { schema: unknown }> | undefined): string => {
  const schema = content?.['application/json']?.schema;
  return schema === undefined ? '' : `<pre>${escapeHtml(JSON.stringify(schema, undefined, 2))}</pre>`;
};

const operationSection = (method: string, path: string, operation: Described): string => `
<details id="${operation.operationId}">
<summary><code>${method.toUpperCase()} ${escapeHtml(path)}</code> ${escapeHtml(operation.summary)}</summary>
${operation.security.length === 0 ? '<p>Public.</p>' : ''}
${operation.parameters.length > 0 ? `<ul>${operation.parameters.map((each) => `<li><code>${escapeHtml(each.name)}</code> (${each.in}${each.required ? ', required' : ''}) ${escapeHtml(each.description ?? '')}</li>`).join('')}</ul>` : ''}
${operation.requestBody ? `<h3>Body</h3>${contentSchema(operation.requestBody.content)}` : ''}
${Object.entries(operation.responses)
  .map(
    ([status, { description, content }]) =>
      `<h3>${status}</h3><p>${escapeHtml(description)}</p>${contentSchema(content)}`,
  )
  .join('')}
</details>`;

/** The OpenAPI document as a page that people read; it loads nothing and runs nothing. */
const page = (): string => {
  const document = openApiDocument() as unknown as {
    info: { title: string; description: string };
    paths: Record<string, Record<string, Described>>;
    components: { schemas: Record<string, unknown> };
  };
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => operationSection(method, path, operation)),
  );
  const schemas = Object.entries(document.components.schemas).map(
    ([name, schema]) =>
      `<details id="schema-${name}"><summary><code>${name}</code></summary><pre>${escapeHtml(JSON.stringify(schema, undefined, 2))}</pre></details>`,
  );
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${document.info.title}: the API</title><link rel="icon" href="data:,"><style>${style}</style></head>
<body><main>
<h1>${document.info.title}: the API</h1>
<p>${escapeHtml(document.info.description)} For programs: <a href="/openapi.json">openapi.json</a>.</p>
<h2>Operations</h2>${operations.join('')}
<h2>Schemas</h2>${schemas.join('')}
</main></body>
</html>
`;
};

const html = page();

export const docsHeaders = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'cache-control': 'public, max-age=300',
};

export const getDocs: Operation<typeof platformRoutes.getDocs> = () => async () => ok(html);
