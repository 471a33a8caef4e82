import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

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

/** Every import, types too: of a file of ours by its path, else of a package by its name. */
const imports: Import[] = sources.flatMap((from) =>
  [...readFileSync(path.join(root, from), 'utf8').matchAll(/(?:from|import)\s*\(?'([^']+)'/g)].map(
    ([, target = '']) => ({
      from,
      to: target.startsWith('.') ? path.posix.join(path.posix.dirname(from), target) : target,
    }),
  ),
);

const startsWithAny = (text: string, beginnings: string[]) =>
  beginnings.some((beginning) => text.startsWith(beginning));

/** Imports of files under `folder` that begin with none of these. */
const strays = (folder: string, allowed: string[], except: string[] = []): Import[] =>
  imports.filter(
    ({ from, to }) => startsWithAny(from, [folder]) && !startsWithAny(from, except) && !startsWithAny(to, allowed),
  );

test('there are imports to look at', () => {
  expect(imports.length).toBeGreaterThan(300);
});

test('the domain imports itself and the schema library, nothing else', () => {
  expect(strays('shared/', ['shared/', 'zod'])).toEqual([]);
});

test('what is shipped imports the domain, itself and packages, never infra or tests', () => {
  expect(
    imports.filter(({ from, to }) => from.startsWith('functions/') && startsWithAny(to, ['infra/', 'test/'])),
  ).toEqual([]);
});

test('the console in the browser knows of the domain what is pure: the contract, the roles, how to read pasted addresses', () => {
  const allowed = [
    'functions/console/app/',
    'shared/api/client.ts',
    'shared/api/route.ts',
    'shared/api/routes.ts',
    'shared/errors.ts',
    'shared/roles/',
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

test('only the adapters speak to AWS', () => {
  expect(
    imports.filter(
      ({ from, to }) =>
        from.startsWith('functions/') && !from.startsWith('functions/adapters/') && to.startsWith('@aws-sdk/'),
    ),
  ).toEqual([]);
});

test('the infrastructure knows the route table, settings of the domain and CDK, and functions by their path only', () => {
  const allowed = [
    'infra/',
    'shared/api/',
    'shared/table/',
    'shared/users/password-policy',
    'shared/platform/metrics',
    'aws-cdk-lib',
    'constructs',
    'cdk-nag',
    'esbuild',
    'zod',
    'node:',
  ];
  expect(strays('infra/', allowed, ['infra/local/', 'infra/operators/'])).toEqual([]);
});

test('the programs for operators know the commands there are, and how to invoke a function', () => {
  const allowed = [
    'infra/operators/',
    'infra/stages.ts',
    'shared/operators/',
    '@aws-sdk/client-lambda',
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/client-cloudformation',
    'node:',
  ];
  expect(strays('infra/operators/', allowed)).toEqual([]);
});

test('nobody imports tests, and nobody but infra and tests imports infra', () => {
  expect(imports.filter(({ from, to }) => to.startsWith('test/') && !from.startsWith('test/'))).toEqual([]);
  expect(
    imports.filter(({ from, to }) => to.startsWith('infra/') && !startsWithAny(from, ['infra/', 'test/'])),
  ).toEqual([]);
});

/** What each feature of the domain may know beside itself and what all share. */
const features: Record<string, string[]> = {
  table: [],
  roles: ['table'],
  audit: ['table'],
  mail: ['table', 'audit'],
  users: ['roles', 'table', 'audit', 'mail'],
  'service-accounts': ['users', 'roles', 'table', 'audit'],
  assets: ['users', 'roles', 'table'],
  'data-sources': ['assets', 'users', 'roles', 'table', 'audit'],
  pools: ['assets', 'users', 'roles', 'table', 'audit'],
  resources: ['data-sources', 'pools', 'assets', 'users', 'roles', 'table', 'audit'],
  policies: ['data-sources', 'assets', 'users', 'roles', 'table', 'audit'],
  permissions: ['resources', 'assets', 'users', 'roles', 'table'],
  invites: ['users', 'roles', 'table', 'audit', 'mail'],
  organizations: ['resources', 'invites', 'pools', 'users', 'roles', 'table', 'audit'],
  handover: ['assets', 'data-sources', 'policies', 'invites', 'mail', 'pools', 'roles', 'table', 'users', 'audit'],
  worker: ['handover', 'invites', 'mail', 'table'],
  operators: ['organizations', 'invites', 'mail', 'users', 'roles', 'table', 'audit'],
  platform: [],
};

/** What a tenant is, which every feature may know. */
const tenant = new Set(['shared/organizations/organization.ts', 'shared/organizations/current-organization.ts']);

test.each(Object.entries(features))('of the features, %s knows only those below it', (feature, known) => {
  const others = Object.keys(features).filter((each) => each !== feature && !known.includes(each));
  const wrong = imports.filter(
    ({ from, to }) =>
      from.startsWith(`shared/${feature}/`) &&
      startsWithAny(
        to,
        others.map((each) => `shared/${each}/`),
      ) &&
      !tenant.has(to),
  );
  expect(wrong).toEqual([]);
});
