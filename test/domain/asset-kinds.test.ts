import { describe, expect, test } from 'vitest';
import { assetKindNames, assetKinds, kindOfId, settingsKindNames } from '../../shared/asset-kinds.ts';
import { settingsPrefix } from '../../shared/table/keys.ts';

describe('what an id begins with', () => {
  test.each(assetKindNames)('tells that it is of a %s', (kind) => {
    expect(kindOfId(`${assetKinds[kind].idPrefix}_01J`)).toBe(kind);
  });

  test.each(['usr_01J', 'org_01J', 'inv_01J', 'poo_01J', 'pol', ''])('tells that %j is no asset', (id) => {
    expect(kindOfId(id)).toBeUndefined();
  });
});

test('no kind’s records lie among those of another: no prefix begins another', () => {
  const prefixes = settingsKindNames.map(settingsPrefix);
  const inside = prefixes.filter((prefix) => prefixes.some((other) => other !== prefix && prefix.startsWith(other)));
  expect(inside).toEqual([]);
  expect(new Set(prefixes).size).toBe(prefixes.length);
});

test('what is stored already is found: the sort keys of policies and data sources stay as they are', () => {
  expect([settingsPrefix('policy'), settingsPrefix('data_source')]).toEqual(['policy\t', 'data-source\t']);
});
