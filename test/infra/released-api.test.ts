/** Compares the API with that of the last released version. `npm run openapi -- --release` stores it when a version is released. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openApiDocument } from '../../shared/api/openapi.ts';
import type { Route } from '../../shared/api/route.ts';
import { routes } from '../../shared/api/routes.ts';
import { apiVersion } from '../../shared/api/versioning.ts';
import { deprecationMonthsMin } from '../../shared/limits.ts';
import { breakingChanges, type ApiDocument } from '../support/breaking-changes.ts';
import { announcedIn } from '../support/changelog.ts';
import { releasedFolder } from '../support/write-openapi.ts';

const [releasedFile = ''] = readdirSync(releasedFolder);
const released = JSON.parse(readFileSync(path.join(releasedFolder, releasedFile), 'utf8')) as ApiDocument;
const changelog = readFileSync(path.resolve(import.meta.dirname, '../../.github/CHANGELOG.md'), 'utf8');
const changes = breakingChanges(released, openApiDocument() as unknown as ApiDocument);

const majorOf = (version: string): number => Number(version.split('.')[0]);

test('the changelog has a section for this version, and one for the released version', () => {
  expect(announcedIn(changelog, apiVersion)).toBeDefined();
  expect(announcedIn(changelog, path.basename(releasedFile, '.json'))).toBeDefined();
});

test('the changelog announces exactly the breaking changes since the released version', () => {
  const announced = `${apiVersion}.json` === releasedFile ? [] : announcedIn(changelog, apiVersion);
  expect(changes.toSorted()).toEqual(announced?.toSorted());
});

test('a breaking change increases the major version', () => {
  const increased = majorOf(apiVersion) > majorOf(releasedFile);
  expect(changes.length === 0 || increased).toBe(true);
});

test('a deprecated route is kept for the promised time', () => {
  for (const { deprecated } of Object.values<Route>(routes)) {
    if (!deprecated) continue;
    const earliest = new Date(deprecated.since);
    earliest.setUTCMonth(earliest.getUTCMonth() + deprecationMonthsMin);
    expect(new Date(deprecated.sunset).getTime()).toBeGreaterThanOrEqual(earliest.getTime());
  }
});
