import { expect, test } from 'vitest';
import { followDeliveries } from '../../functions/console/app/invites/follow-deliveries.ts';
import type { Invite } from '../../functions/console/app/invites/invite.ts';

const invite = (given: Partial<Invite>): Invite => ({ id: 'inv_1', status: 'pending', ...given }) as Invite;

test('an email is polled until its outcome is known, but for at most a minute after it was sent', () => {
  let now = 0;
  const follow = followDeliveries(() => now);
  expect(follow([])).toBe(false);
  expect(follow([invite({ delivery: 'queued' })])).toBe(3_000);
  expect(follow([invite({ delivery: 'queued', deliveryDetail: 'The daily quota is used up.' })])).toBe(30_000);
  expect(follow([invite({ delivery: 'sent' })])).toBe(3_000);
  now = 59_999;
  expect(follow([invite({ delivery: 'sent' })])).toBe(3_000);
  expect(follow([invite({ delivery: 'delivered' })])).toBe(false);
  expect(follow([invite({ delivery: 'sent', status: 'revoked' })])).toBe(false);
  now = 60_000;
  expect(follow([invite({ delivery: 'sent' })])).toBe(false);
  expect(follow([invite({ delivery: 'queued' })])).toBe(3_000);
  expect(follow([invite({ delivery: 'sent' })])).toBe(3_000);
});

test('an email that was sent before the page was opened is not polled', () => {
  expect(followDeliveries()([invite({ delivery: 'sent' })])).toBe(false);
});
