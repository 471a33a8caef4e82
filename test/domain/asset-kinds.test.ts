import { describe, expect, test } from 'vitest';
import { assetKindNames, assetKinds, kindOfId, settingsKindNames } from '../../shared/asset-kinds.ts';
import { settingsPrefix } from '../../shared/table/keys.ts';

describe('the kind of an asset id', () => {
  test.each(assetKindNames)('is %s if the id has its prefix', (kind) => {
    expect(kindOfId(`${assetKinds[kind].idPrefix}_01J`)).toBe(kind);
  });

  test.each(['usr_01J', 'org_01J', 'inv_01J', 'poo_01J', 'pol', ''])('is undefined for %j, which is no asset', (id) => {
    expect(kindOfId(id)).toBeUndefined();
  });
});

test('no sort key prefix of a kind begins with another, so that the records of two kinds never mix', () => {
  const prefixes = settingsKindNames.map(settingsPrefix);
  const inside = prefixes.filter((prefix) => prefixes.some((other) => other !== prefix && prefix.startsWith(other)));
  expect(inside).toEqual([]);
  expect(new Set(prefixes).size).toBe(prefixes.length);
});

test('the sort keys of policies and data sources never change, so that stored records are still found', () => {
  expect([settingsPrefix('policy'), settingsPrefix('data_source')]).toEqual(['policy\t', 'data-source\t']);
});
