import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { assetKinds, byKind, settingsKindNames } from '../../shared/asset-kinds.ts';

const root = path.resolve(import.meta.dirname, '../..');

const sources = ['shared', 'functions', 'infra', 'test'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => path.posix.join(folder, file.replaceAll('\\', '/'))),
);

interface Import {
  from: string;
  to: string;
}

/** Every import, type imports included. `to` is the path of one of our files, or the name of a package. */
const imports: Import[] = sources.flatMap((from) =>
  [...readFileSync(path.join(root, from), 'utf8').matchAll(/\b(?:from |import (?=')|import\()'([^']+)'/g)].map(
    ([, target = '']) => ({
      from,
      to: target.startsWith('.') ? path.posix.join(path.posix.dirname(from), target) : target,
    }),
  ),
);

const startsWithAny = (text: string, beginnings: string[]) =>
  beginnings.some((beginning) => text.startsWith(beginning));

/** Imports by files under `folder` whose target begins with none of the allowed paths. */
const strays = (folder: string, allowed: string[], except: string[] = []): Import[] =>
  imports.filter(
    ({ from, to }) => startsWithAny(from, [folder]) && !startsWithAny(from, except) && !startsWithAny(to, allowed),
  );

test('the imports are found', () => {
  expect(imports.length).toBeGreaterThan(300);
});

test('the domain imports itself and the schema library, nothing else', () => {
  expect(strays('shared/', ['shared/', 'zod'])).toEqual([]);
});

test('the deployed code never imports infra or tests', () => {
  expect(
    imports.filter(({ from, to }) => from.startsWith('functions/') && startsWithAny(to, ['infra/', 'test/'])),
  ).toEqual([]);
});

test('the console in the browser imports only pure files of the domain, such as the contract, the limits and the roles', () => {
  const allowed = [
    'functions/console/app/',
    'shared/api/client.ts',
    'shared/api/send-request.ts',
    'shared/api/route.ts',
    'shared/api/routes.ts',
    'shared/asset-kinds.ts',
    'shared/currencies.ts',
    'shared/errors.ts',
    'shared/limits.ts',
    'shared/open-enum.ts',
    'shared/roles/',
    'shared/invites/invite-status.ts',
    'shared/names/identity.ts',
    'shared/names/search-fold.ts',
    'shared/pasted-text.ts',
    'shared/time.ts',
    'shared/shown-address.ts',
    'shared/invites/parse-pasted.ts',
    'shared/invites/sort-addresses.ts',
    'react',
    'wouter',
    'oidc-client-ts',
    '@cloudscape-design/',
    '@tanstack/react-query',
  ];
  expect(strays('functions/console/app/', allowed)).toEqual([]);
});

test('only the adapters import the AWS SDK', () => {
  expect(
    imports.filter(
      ({ from, to }) =>
        from.startsWith('functions/') && !from.startsWith('functions/adapters/') && to.startsWith('@aws-sdk/'),
    ),
  ).toEqual([]);
});

test('the infrastructure imports the API contract, the table schema, a few settings of the domain, and CDK, but no function', () => {
  const allowed = [
    'infra/',
    'shared/asset-kinds.ts',
    'shared/canary-organization.ts',
    'shared/api/',
    'shared/limits.ts',
    'shared/table/',
    'shared/totals/counted-actions',
    'shared/users/password-policy',
    'shared/platform/metrics',
    'aws-cdk-lib',
    'constructs',
    'cdk-nag',
    'esbuild',
    'json-schema-to-typescript',
    'zod',
    'node:',
  ];
  expect(strays('infra/', allowed, ['infra/local/', 'infra/operators/'])).toEqual([]);
});

test('the programs for operators import only the operator commands, the stages, the limits, schemas and AWS clients', () => {
  const allowed = [
    'infra/operators/',
    'infra/stages.ts',
    'infra/mail-sender.ts',
    'infra/public-functions.ts',
    'shared/limits.ts',
    // The check on the first day of a stage uses the API.
    'shared/api/client.ts',
    'shared/api/send-request.ts',
    'shared/canary/',
    'shared/canary-organization.ts',
    'shared/operators/',
    'shared/table/schema.ts',
    '@aws-sdk/client-',
    'zod',
    'node:',
  ];
  expect(strays('infra/operators/', allowed)).toEqual([]);
});

test('only tests import tests, and only infra and tests import infra', () => {
  expect(imports.filter(({ from, to }) => to.startsWith('test/') && !from.startsWith('test/'))).toEqual([]);
  expect(
    imports.filter(({ from, to }) => to.startsWith('infra/') && !startsWithAny(from, ['infra/', 'test/'])),
  ).toEqual([]);
});

/** Files whose place in the import order is not that of their folder. */
const ownPlaces: Record<string, string[]> = {
  // The definition of a tenant, which every feature may import.
  tenant: [
    'shared/organizations/organization.ts',
    'shared/organizations/allowed-domains.ts',
    'shared/organizations/currency.ts',
  ],
  // The form of an email address, which a search for users has to know.
  addresses: ['shared/invites/email-address.ts'],
  // The stored records from which rights are decided, and the reads that find them.
  records: [
    'shared/pools/pool.ts',
    'shared/users/user.ts',
    'shared/users/inviter.ts',
    'shared/users/find-users.ts',
    'shared/users/previous-entries.ts',
    'shared/users/user-entries.ts',
    'shared/users/user-row.ts',
    'shared/users/caller-account.ts',
    'shared/users/mark-seen.ts',
    'shared/assets/owner.ts',
    'shared/resources/resource.ts',
    'shared/resources/find-resources.ts',
  ],
  // The shells in which operations run.
  shell: [
    'shared/api/operation.ts',
    'shared/api/batch-operation.ts',
    'shared/api/decide-rights.ts',
    'shared/api/without-hidden.ts',
    'shared/api/require-sign-in.ts',
  ],
  // The table of all routes and everything derived from it. They import the routes of every feature.
  contract: [
    'shared/api/routes.ts',
    'shared/api/settings-features.ts',
    'shared/api/documentation.ts',
    'shared/api/openapi.ts',
    'shared/api/openapi-operation.ts',
    'shared/api/openapi-problems.ts',
    'shared/api/openapi-schemas.ts',
    'shared/api/client.ts',
    'shared/table/access-patterns.ts',
    'shared/platform/get-open-api.ts',
  ],
};

const folderOf = (kind: keyof typeof assetKinds): string => assetKinds[kind].plural.replaceAll(' ', '-');

/** Kinds of assets among the settings that import no other kind. Policies do, because they name data sources. */
const ownKinds = settingsKindNames.filter((kind) => kind !== 'policy');

/** Places that every feature may import. */
const common = ['shell', 'fair-use', 'api', 'records', 'tenant', 'roles', 'table', 'names', 'addresses'];

/** The features that have routes. */
const withRoutes = [
  'platform',
  'organizations',
  'totals',
  'me',
  'invites',
  'permissions',
  'policies',
  ...ownKinds.map(folderOf),
  'resources',
  'pools',
  'service-accounts',
  'users',
];

/**
 * The import order of the domain: every place, and the places that it may import in addition to itself and the files directly
 * in `shared`. A place is a folder or an entry of `ownPlaces`. It may import only places before it, so that no two places
 * import each other.
 */
const order: Record<string, string[]> = {
  names: [],
  addresses: [],
  table: [],
  roles: ['table'],
  tenant: ['names', 'table'],
  records: ['tenant', 'roles', 'table', 'names'],
  api: ['roles', 'table'],
  'fair-use': ['api'],
  shell: ['fair-use', 'api', 'records', 'tenant', 'roles', 'table'],
  audit: ['table'],
  mail: ['audit', 'table'],
  users: ['mail', 'audit', ...common],
  'service-accounts': ['users', 'audit', ...common],
  assets: ['users', ...common],
  ...byKind(ownKinds, (kind) => [folderOf(kind), ['assets', 'users', 'audit', ...common]]),
  pools: ['assets', 'users', 'audit', ...common],
  resources: ['pools', 'data-sources', 'assets', 'users', 'audit', ...common],
  policies: ['data-sources', 'assets', 'users', 'audit', ...common],
  permissions: ['resources', 'assets', 'users', ...common],
  invites: ['users', 'mail', 'audit', ...common],
  totals: ['invites', 'audit', ...common],
  accounts: ['totals', 'invites', 'users', 'mail', 'audit', ...common],
  me: ['invites', 'users', 'mail', 'audit', ...common],
  organizations: ['invites', 'resources', 'pools', 'users', 'audit', ...common],
  handover: ['invites', 'policies', 'pools', 'assets', 'users', 'mail', 'audit', ...common],
  worker: ['accounts', 'totals', 'handover', 'invites', 'mail', 'table'],
  operators: ['organizations', 'invites', 'pools', 'users', 'mail', 'audit', ...common],
  platform: ['api'],
  docs: [...withRoutes, 'api'],
  contract: ['docs', 'table', ...withRoutes, 'api'],
  canary: ['contract', 'operators', 'organizations', 'service-accounts', 'invites', 'users', 'audit', ...common],
};

/** Undefined for files directly in `shared`, which every place may import, and for files outside the domain. */
const placeOf = (file: string): string | undefined => {
  const [place] = Object.entries(ownPlaces).find(([, files]) => files.includes(file)) ?? [];
  return place ?? /^shared\/([^/]+)\//.exec(file)?.[1];
};

test('the order contains every folder of the domain', () => {
  const folders = readdirSync(path.join(root, 'shared'), { withFileTypes: true }).filter(
    (entry) =>
      entry.isDirectory() && readdirSync(path.join(root, 'shared', entry.name)).some((file) => file.endsWith('.ts')),
  );
  const places = [...folders.map(({ name }) => name), ...Object.keys(ownPlaces)];
  expect(Object.keys(order).toSorted()).toEqual(places.toSorted());
});

test('every file in `ownPlaces` exists', () => {
  const files = Object.values(ownPlaces).flat();
  expect(files.filter((file) => !sources.includes(file))).toEqual([]);
});

test.each(Object.entries(order))('in the domain, %s imports only places before it', (place, known) => {
  const before = new Set(Object.keys(order).slice(0, Object.keys(order).indexOf(place)));
  expect(known.filter((each) => !before.has(each))).toEqual([]);
  const allowed = new Set([place, undefined, ...known]);
  const wrong = imports.filter(({ from, to }) => placeOf(from) === place && !allowed.has(placeOf(to)));
  expect(wrong).toEqual([]);
});
