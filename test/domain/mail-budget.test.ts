import { describe, expect, test } from 'vitest';
import { dailyBudget, type MailRecord } from '../../shared/invites/mail-budget.ts';
import { after, day } from '../../shared/time.ts';

const settings = { inviteQuota: 1_000, inviteQuotaStart: 50 };
const createdAt = '2026-11-01T12:00:00.000Z';
const budgetAfter = (days: number, record: Partial<MailRecord> = {}) =>
  dailyBudget(
    { createdAt },
    { delivered: 0, complained: 0, raisedTo: 0, ...record },
    settings,
    after(createdAt, days * day),
  );

describe('the budget of emails per day', () => {
  test('starts low, and age alone does not raise it', () => {
    expect([0, 0.99, 1, 30, 3_000].map((days) => budgetAfter(days))).toEqual([50, 50, 50, 50, 50]);
  });

  test('is not raised by many delivered emails on the first day', () => {
    expect(budgetAfter(0.5, { delivered: 10_000 })).toBe(50);
  });

  test('grows with each day and each delivered email, up to the maximum', () => {
    expect(budgetAfter(1, { delivered: 10 })).toBe(70);
    expect(budgetAfter(1, { delivered: 50 })).toBe(100);
    expect(budgetAfter(10, { delivered: 150 })).toBe(350);
    expect(budgetAfter(10, { delivered: 10_000 })).toBe(550);
    expect(budgetAfter(400, { delivered: 10_000 })).toBe(1_000);
  });

  test('falls back to the start after a complaint, unless thousands of emails were delivered', () => {
    expect(budgetAfter(30, { delivered: 900, complained: 1 })).toBe(50);
    expect(budgetAfter(30, { delivered: 1_100, complained: 1 })).toBe(250);
  });

  test('is what operators have raised it to, also above the maximum, and never less than it would be', () => {
    expect(budgetAfter(0, { raisedTo: 400 })).toBe(400);
    expect(budgetAfter(0, { raisedTo: 5_000 })).toBe(5_000);
    expect(budgetAfter(10, { delivered: 10_000, raisedTo: 100 })).toBe(550);
  });

  test('is never below the start if a clock is behind the one that created the organization', () => {
    expect(budgetAfter(-1, { delivered: 10_000 })).toBe(50);
  });
});
