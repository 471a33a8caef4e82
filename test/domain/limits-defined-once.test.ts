/**
 * Shows that no number of shared/limits.ts is written down a second time: if a number changes there, the route schemas, the
 * OpenAPI document, and the texts and forms of the console change with it.
 */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type * as openApi from '../../shared/api/openapi.ts';
import type * as invites from '../../shared/invites/invite-routes.ts';
import * as limits from '../../shared/limits.ts';
import type * as organizations from '../../shared/organizations/organization-routes.ts';
import { withLimits } from '../support/with-limits.ts';

const root = path.resolve(import.meta.dirname, '../..');

type Json = Record<string, unknown>;

describe('if invites can live for 60 days', () => {
  let changed: typeof openApi &
    typeof invites &
    typeof organizations & {
      problemsIn: (draft: object) => { pointer: string; detail: string }[];
      emptyDraft: object;
      settingsTexts: { expiryText: string };
      inviteTexts: { daysRange: string; daysPreset: (days: number) => string };
    };

  beforeAll(async () => {
    changed = await withLimits(
      { inviteExpiryDaysMax: 60 },
      `export * from './shared/api/openapi.ts';
       export * from './shared/invites/invite-routes.ts';
       export * from './shared/organizations/organization-routes.ts';
       export * from './functions/console/app/invites/invite-draft.ts';
       export * from './functions/console/app/invites/texts.ts';
       export * from './functions/console/app/settings/texts.ts';`,
    );
  });

  test.each([
    [60, true],
    [61, false],
  ])('both routes accept %i days: %s', (days, accepted) => {
    const invite = { emails: ['ada@example.com'], roles: [{ role: 'member' }], expiresInDays: days };
    expect(changed.inviteRoutes.inviteUsers.body.safeParse(invite).success).toBe(accepted);
    const settings = { inviteExpiryDays: days };
    expect(changed.organizationRoutes.updateOrganization.body.safeParse(settings).success).toBe(accepted);
  });

  test('the OpenAPI document shows this maximum', () => {
    const fields = fieldsOf(
      changed.openApiDocument(),
      (name) => name === 'expiresInDays' || name === 'inviteExpiryDays',
    );
    expect(fields.flatMap(({ maximum }) => (maximum === undefined ? [] : [maximum]))).toEqual([60, 60]);
  });

  test('the console accepts 60 days, refuses 61, and shows the maximum', () => {
    const wrong = (days: string) =>
      changed.problemsIn({ ...changed.emptyDraft, emails: ['ada@example.com'], days }).map(({ pointer }) => pointer);
    expect([wrong('60'), wrong('61'), wrong('0'), wrong('1.5')]).toEqual([
      [],
      ['/expiresInDays'],
      ['/expiresInDays'],
      ['/expiresInDays'],
    ]);
    expect(changed.settingsTexts.expiryText).toContain('1 to 60 days');
    expect([changed.inviteTexts.daysRange, changed.inviteTexts.daysPreset(7)].join(' ')).toMatch(
      /1 to 60\..*1 to 60\./,
    );
  });
});

/** The schemas of all fields with one of these names, anywhere in a document. */
const fieldsOf = (value: unknown, wanted: (name: string) => boolean): Json[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) =>
    wanted(name) && typeof each === 'object' && each !== null && 'type' in each
      ? [each as Json]
      : fieldsOf(each, wanted),
  );
};

describe('if every limit has another number', () => {
  /** A different number for each limit, unlike those of today, so that each can be recognized in the document. */
  const others = Object.fromEntries(
    Object.keys(limits)
      .filter((name) => name !== 'functionTimeoutSeconds')
      .map((name, index) => [name, 1_301 + index]),
  );

  /** Keywords of a JSON schema that limit a value. */
  const bounds = new Set([
    'maxLength',
    'minLength',
    'maxItems',
    'minItems',
    'maximum',
    'minimum',
    'default',
    'pattern',
  ]);
  const words = new Set(['description', 'summary']);

  /** Every number in the document that could be a limit: in keywords, patterns and texts. */
  const numbersOf = (value: unknown, name = ''): number[] => {
    if (typeof value === 'number') return bounds.has(name) ? [value] : [];
    if (typeof value === 'string') {
      if (name === 'pattern') return [...value.matchAll(/\{\d*,?(\d+)\}/g)].map(([, bound]) => Number(bound));
      return words.has(name)
        ? [...value.matchAll(/\d[\d,]*\d|\d/g)].map(([number]) => Number(number.replaceAll(',', '')))
        : [];
    }
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, each]) => numbersOf(each, Array.isArray(value) ? name : key));
  };

  /**
   * Numbers that are not limits: 0 and 1, the bounds of exact integers, HTTP statuses, and those in names such as UTF-8 or an
   * RFC.
   */
  const notLimits = new Set([
    0,
    1,
    8,
    Number.MAX_SAFE_INTEGER,
    Number.MIN_SAFE_INTEGER,
    200,
    304,
    403,
    404,
    412,
    422,
    8594,
    4217,
    9457,
    9745,
  ]);

  test('every limit in the OpenAPI document is one of these numbers', async () => {
    const { openApiDocument } = await withLimits<typeof openApi>(others, `export * from './shared/api/openapi.ts';`);
    const known = new Set([
      ...Object.values(others),
      Number(others.resourceQueriesMax) * Number(others.resourcesPerQuery),
    ]);
    const found = numbersOf(openApiDocument());
    expect(found.filter((number) => known.has(number)).length).toBeGreaterThan(50);
    expect(found.filter((number) => !known.has(number) && !notLimits.has(number))).toEqual([]);
  });
});

describe('in the source', () => {
  const files = ['shared', 'functions', 'infra']
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
        path.posix.join(folder, file.replaceAll('\\', '/')),
      ),
    )
    .filter((file) => /\.tsx?$/.test(file) && file !== 'shared/limits.ts')
    .map((file): [file: string, text: string] => [file, readFileSync(path.join(root, file), 'utf8')]);

  /** All matches of a pattern in the source, as `file: match`. */
  const found = (pattern: RegExp, within: (file: string) => boolean): string[] =>
    files
      .filter(([file]) => within(file))
      .flatMap(([file, text]) => [...text.matchAll(pattern)].map(([match]) => `${file}: ${match.trim()}`));

  test('the source files are found', () => {
    expect(files.length).toBeGreaterThan(300);
  });

  test('no schema contains a number as a bound, except 0 and 1', () => {
    const pattern = /\.(max|min|length|gte|lte|gt|lt)\((?!1\)|0\))-?\d[\d_.e]*\)|\b(displayName|plainText)\(\d+\)/g;
    expect(found(pattern, (file) => !file.startsWith('infra/'))).toEqual([
      // The shortest possible address of a sender.
      'functions/adapters/environment.ts: .min(3)',
    ]);
  });

  test('no file of the domain or the functions defines a number, except numbers that nothing else depends on', () => {
    const pattern = /^(export )?const \w+(: number)? = -?[\d_.]+( [*/+-] [\w.]+)*;$/gm;
    expect(
      found(pattern, (file) => /^(shared|functions)\//.test(file) && !file.startsWith('functions/console/app/')),
    ).toEqual([
      'shared/id-time.ts: const timeDigits = 10;',
      'shared/retry.ts: const attemptsMax = 10;',
      'shared/retry.ts: const pauseMilliseconds = 2;',
      'shared/retry.ts: const pauseMillisecondsMax = 100;',
      'shared/time.ts: export const second = 1_000;',
      'shared/time.ts: export const minute = 60 * second;',
      'shared/time.ts: export const hour = 60 * minute;',
      'shared/time.ts: export const day = 24 * hour;',
      'shared/invites/change-invites.ts: const parallelChanges = 5;',
      'shared/mail/mail-body.ts: const lineLength = 76;',
      'shared/resources/resource.ts: const idLength = 26;',
      // This is a version, not a limit.
      'shared/table/schema.ts: export const entryVersion = 4;',
      'shared/table/schema.ts: export const timeListVersion = 1;',
      'shared/totals/count-totals.ts: const requestsPerInvitesPage = 3;',
      'shared/users/caller-account.ts: const wholeSeconds = 19;',
      'shared/users/find-by-name.ts: const entriesPerRequest = 2 * pageItemsMax;',
      'functions/adapters/system.ts: const ivBytes = 12;',
      'functions/adapters/system.ts: const tagBytes = 16;',
      'functions/http/source-limit.ts: const toTheMinute = 16;',
    ]);
  });

  test('no text of the console contains a number, except in examples', () => {
    const pattern = /(?<!\/\/.*|\*.*)\d[\d,.]*\d/g;
    expect(found(pattern, (file) => /^functions\/console\/app\/.*texts\.ts$/.test(file))).toEqual([
      'functions/console/app/parts/texts.ts: 1500',
      'functions/console/app/parts/texts.ts: 99.50',
    ]);
  });

  test('the infrastructure defines no duration, except durations that nothing else depends on', () => {
    expect(found(/Duration\.\w+\(\d[^)]*\)/g, (file) => file.startsWith('infra/'))).toEqual([
      // Periods of metrics.
      'infra/metrics.ts: Duration.minutes(5)',
      'infra/metrics.ts: Duration.hours(1)',
      'infra/constructs/gradual-release.ts: Duration.minutes(1)',
      // The time in which a second tab can still renew with the same token.
      'infra/constructs/people-client.ts: Duration.seconds(30)',
      // The shortest session that IAM allows for the role of a job.
      'infra/stacks/delivery.ts: Duration.hours(1)',
      // Errors are not cached.
      'infra/stacks/edge.ts: Duration.seconds(0)',
    ]);
  });
});
