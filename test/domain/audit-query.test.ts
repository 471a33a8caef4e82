import { expect, test } from 'vitest';
import { auditQuery, dayOf } from '../../functions/console/app/audit/audit-query.ts';

test('a range of days begins and ends at midnight in the reader’s time zone, and includes its last day', () => {
  const { from, to } = auditQuery({ from: '2026-11-23', to: '2026-12-31' });
  expect(from).toBe(new Date(2026, 10, 23).toISOString());
  expect(to).toBe(new Date(2027, 0, 1).toISOString());
  expect(dayOf(new Date(2026, 10, 3))).toBe('2026-11-03');
});

test('parameters of the page’s address that the API does not know do not filter the audit log', () => {
  expect(auditQuery({ action: 'toString', from: 'yesterday', to: '2026-1-1' })).toEqual({
    actorId: undefined,
    targetId: undefined,
    action: undefined,
    from: undefined,
    to: undefined,
  });
});
