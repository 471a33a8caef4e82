/**
 * `npm run smoke`: checks that a deployed stage responds, without changing anything in it. `--deep` also writes in the canary's
 * organization, sends an email and raises an alarm. Exits with 1 at the first wrong response.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openAwsStage } from './aws-stage.ts';
import { deepChecks, type Check } from './deep-checks.ts';

const usage = `npm run smoke -- --stage <stage> [--deep], or --url <address of the API and console>`;

const document = path.resolve(import.meta.dirname, '../../shared/api/openapi.json');

/** The text of an OpenAPI document. Only the token URL differs between stages of the same version. */
const withoutTokenUrl = (openApi: unknown): string =>
  JSON.stringify(openApi, (name, value: unknown) => (name === 'tokenUrl' ? '' : value));

const expectStatus = async (response: Response, status: number): Promise<string | undefined> =>
  response.status === status ? undefined : `it answers ${response.status}: ${(await response.text()).slice(0, 200)}`;

const checks: Check[] = [
  { name: 'The API is up', run: async (url) => expectStatus(await fetch(`${url}/health`), 200) },
  {
    name: 'It is of this version',
    run: async (url) => {
      const deployed: unknown = await (await fetch(`${url}/openapi.json`)).json();
      const here: unknown = JSON.parse(await readFile(document, 'utf8'));
      return withoutTokenUrl(deployed) === withoutTokenUrl(here)
        ? undefined
        : 'its routes are not those of this checkout';
    },
  },
  {
    name: 'Nobody reads anything without a token',
    run: async (url) => expectStatus(await fetch(`${url}/v1/organizations`), 401),
  },
  {
    name: 'Functions reach the table: a link that was never sent is unknown',
    run: async (url) => {
      const response = await fetch(`${url}/v1/invites/lookup`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token: 'smoke' }),
      });
      return expectStatus(response, 404);
    },
  },
  {
    name: 'The console’s page and its script load',
    run: async (url) => {
      const page = await fetch(url);
      const script = /src="([^"]+\.js)"/.exec(await page.clone().text())?.[1];
      if (!page.headers.has('content-security-policy') || script === undefined) return 'the page is not the console’s';
      return expectStatus(await fetch(new URL(script, url)), 200);
    },
  },
  { name: 'The accept page loads', run: async (url) => expectStatus(await fetch(`${url}/invites/accept`), 200) },
];

/** Checks that nobody can bypass CloudFront and its firewall with the address of API Gateway. */
const notRoundIt = (endpoint: string): Check => ({
  name: 'API Gateway’s own address is shut',
  run: async () => expectStatus(await fetch(`${endpoint}/health`), 404),
});

const smoke = async (): Promise<void> => {
  const { values } = parseArgs({
    options: { stage: { type: 'string' }, url: { type: 'string' }, deep: { type: 'boolean', default: false } },
  });
  const { stage, deep } = values;
  if ((stage === undefined) === (values.url === undefined) || (deep && stage === undefined)) throw new Error(usage);
  const aws = stage === undefined ? undefined : await openAwsStage(stage);
  const { Url: url = values.url ?? '', ApiEndpoint: endpoint = url } = (await aws?.outputs('Api')) ?? {};
  const all = [...checks, ...(endpoint === url ? [] : [notRoundIt(endpoint)]), ...(deep && aws ? deepChecks(aws) : [])];
  for (const { name, run } of all) {
    const wrong = await run(url);
    if (wrong !== undefined) throw new Error(`${name}: no, ${wrong}`);
    console.log(`${name}: yes`);
  }
};

try {
  await smoke();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
