import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { policyChange, policyInput, policyTypes, policyView } from '../../shared/policies/policy-settings.ts';

const anyName = fc.stringMatching(/^[A-Za-z0-9]{1,100}$/);
const anyIds = fc.array(fc.stringMatching(/^usr_[0-9A-Z]{1,26}$/), { minLength: 1, maxLength: 20 });
const anyMoney = fc.oneof(
  fc.nat().map((cents) => cents / 100),
  fc.constantFrom(0, 1e12, 0.1, 1e-6),
);
const anyDay = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const anyMetric = fc.constantFrom('expense', 'resource_count');

const optional = <T extends Record<string, unknown>>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(model, { requiredKeys: [] });

const common = fc
  .tuple(
    fc.record({ name: anyName }),
    optional({
      poolId: fc.constant('pool_1'),
      ownerId: fc.constant('usr_1'),
      filters: optional({ ownerIds: anyIds, poolIds: anyIds, dataSourceIds: anyIds, resourceTypes: anyIds }),
    }),
  )
  .map(([a, b]) => ({ ...a, ...b }));

const settings: Record<(typeof policyTypes)[number], fc.Arbitrary<object>> = {
  anomaly_detection: fc.record({
    metric: anyMetric,
    thresholdPercent: fc.oneof(fc.constantFrom(1, 10_000, 12.5), fc.integer({ min: 1, max: 10_000 })),
    days: fc.integer({ min: 1, max: 180 }),
  }),
  quota: fc.oneof(
    fc.record({ metric: fc.constant('resource_count'), maximum: fc.nat() }),
    fc.record({ metric: fc.constant('expense'), maximum: anyMoney }),
  ),
  budget: fc.oneof(fc.record({ amount: anyMoney }), fc.record({ amount: anyMoney, expiresOn: anyDay })),
  tagging: fc.record({ requiredTag: anyName, startsOn: anyDay }),
};

const anyPolicy = fc
  .constantFrom(...policyTypes)
  .chain((type) => fc.tuple(common, settings[type]).map(([shared, own]) => ({ type, ...shared, ...own })));

/** What a policy may have or not. */
const sometimes = new Set(['poolId', 'ownerId', 'filters', 'expiresOn']);

describe('a policy', () => {
  test('of any type is taken as it is given, and again as it was taken', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        const taken = policyInput.parse(policy);
        expect(taken).toEqual(policy);
        expect(JSON.stringify(policyInput.parse(taken))).toBe(JSON.stringify(taken));
      }),
    );
  });

  test('is shown with all that it was given', () => {
    const shown = {
      id: 'pol_1',
      ownerId: 'usr_1',
      ownerName: 'Ada',
      createdAt: '2026-11-23T10:00:00.000Z',
      version: 1,
    };
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        expect(policyView.parse({ ...policy, ...shown })).toEqual({ ...policy, ...shown });
      }),
    );
  });

  test('lacks none of its settings', () => {
    fc.assert(
      fc.property(anyPolicy, fc.nat(), (policy, step) => {
        const needed = Object.keys(policy).filter((key) => !sometimes.has(key));
        const without = needed[step % needed.length] ?? '';
        const { [without]: _, ...rest } = policy as Record<string, unknown>;
        expect(policyInput.safeParse(rest).success).toBe(false);
      }),
    );
  });
});

describe('a change of a policy', () => {
  test('may name any part of it but the type', () => {
    fc.assert(
      fc.property(anyPolicy, fc.nat(), ({ type, ...policy }, mask) => {
        const some = Object.fromEntries(Object.entries(policy).filter((_, index) => (mask >> index) % 2 === 1));
        expect(policyChange.parse(some)).toEqual(some);
        expect(policyChange.safeParse({ ...some, type }).success).toBe(false);
      }),
    );
  });

  test.each([
    ['poolId', true],
    ['filters', true],
    ['expiresOn', true],
    ['ownerId', false],
    ['name', false],
    ['metric', false],
    ['thresholdPercent', false],
    ['days', false],
    ['maximum', false],
    ['amount', false],
    ['requiredTag', false],
    ['startsOn', false],
  ])('to null of %s: %s', (field, taken) => {
    expect(policyChange.safeParse({ [field]: null }).success).toBe(taken);
  });
});
