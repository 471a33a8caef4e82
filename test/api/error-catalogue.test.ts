import { expect, test } from 'vitest';
import { errorCodes, fieldErrorCodes } from '../../shared/errors.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();

test('the type of a problem leads to the entry of its code', async () => {
  const response = await fetch(`${stack.endpoints.api}/v1/invites/lookup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: 'unknown' }),
  });
  const { type, code } = (await response.json()) as { type: string; code: string };
  const entry = new URL(type, response.url);
  expect(entry.hash).toBe(`#${code}`);
  const page = await fetch(entry);
  expect(page.status).toBe(200);
  const html = await page.text();
  for (const each of Object.keys(errorCodes)) expect(html).toContain(`id="${each}"`);
  for (const each of Object.keys(fieldErrorCodes)) expect(html).toContain(`id="field-${each}"`);
});

test('the OpenAPI document of a stage states its own token URL', async () => {
  const response = await fetch(`${stack.endpoints.api}/openapi.json`);
  const { components } = (await response.json()) as {
    components: { securitySchemes: { machine: { flows: { clientCredentials: { tokenUrl: string } } } } };
  };
  expect(components.securitySchemes.machine.flows.clientCredentials.tokenUrl).toBe(
    stack.endpoints.cognito.tokenEndpoint,
  );
});
