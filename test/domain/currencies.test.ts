import { describe, expect, test } from 'vitest';
import { currencies, defaultCurrency } from '../../shared/currencies.ts';
import { currencyOf, isCurrencyFixed, storesAmount, withCurrency } from '../../shared/organizations/currency.ts';
import { amountOf } from '../../shared/policies/policy.ts';
import type { OpenEnum } from '../../shared/open-enum.ts';

describe('the list of currencies', () => {
  test('contains each code once, in alphabetical order, and the default', () => {
    expect(currencies).toEqual([...new Set(currencies)].toSorted());
    expect(currencies).toContain(defaultCurrency);
  });

  test('has only codes that this runtime can format', () => {
    const known = new Set(Intl.supportedValuesOf('currency'));
    expect(currencies.filter((code) => !known.has(code))).toEqual([]);
  });
});

describe('the currency of an organization', () => {
  test('is USD if it was created before there was a choice, and can then not be changed', () => {
    expect([currencyOf({}), isCurrencyFixed({})]).toEqual(['USD', true]);
  });

  test('can be changed until the first amount is stored', () => {
    expect(isCurrencyFixed({ amountsStored: false })).toBe(false);
    expect(isCurrencyFixed({ amountsStored: true })).toBe(true);
    expect(storesAmount({ id: 'org_1', amountsStored: false }, 0)).toHaveLength(1);
    expect(storesAmount({ id: 'org_1', amountsStored: false }, undefined)).toEqual([]);
    expect(storesAmount({ id: 'org_1', amountsStored: true }, 1)).toEqual([]);
  });

  test('is next to an amount, and only there', () => {
    expect(withCurrency({ currency: 'EUR' }, 0)).toEqual({ currency: 'EUR' });
    expect(withCurrency({ currency: 'EUR' }, undefined)).toEqual({});
  });
});

test.each([
  [{ type: 'budget', amount: 7 }, 7],
  [{ type: 'quota', metric: 'expense', maximum: 7 }, 7],
  [{ type: 'quota', metric: 'resource_count', maximum: 7 }, undefined],
  [{ type: 'anomaly_detection', metric: 'expense', thresholdPercent: 7, days: 7 }, undefined],
  [{ type: 'tagging', requiredTag: 'env' }, undefined],
])('a policy with %j has the amount %j', ({ type, ...settings }, amount) => {
  expect(amountOf({ type: type as OpenEnum<'budget'>, name: 'Policy', ...settings })).toBe(amount);
});
