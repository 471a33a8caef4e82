import { describe, expect, test } from 'vitest';
import { effectiveStatus } from '../../shared/invites/evaluate-invite.ts';
import { type Invite } from '../../shared/invites/invite.ts';
import { inviteStatuses, isOpen, openStatuses, type InviteStatus } from '../../shared/invites/invite-status.ts';
import type { Responsibility } from '../../shared/invites/responsibility.ts';
import { buildPoolTree } from '../../shared/roles/pool-tree.ts';
import { parseAssignment, type StoredAssignment } from '../../shared/roles/role.ts';
import type { Inviter } from '../../shared/users/inviter.ts';

/** An instant on a day of November 2026. */
const on = (day: number, time = '12:00:00.000'): string => `2026-11-${String(day).padStart(2, '0')}T${time}Z`;

const tree = buildPoolTree([
  { id: 'root', name: 'Acme' },
  { id: 'kept', name: 'Kept', parentId: 'root' },
]);

const inviter: Inviter = {
  id: 'ada',
  name: 'Ada',
  status: 'active',
  assignments: [{ role: 'organization_manager' }],
  invitesPassed: [],
  version: 1,
};

describe('the effective status of an invite is', () => {
  const expiresAt = on(12, '14:00:00.000');
  const held: Responsibility = { kind: 'held', by: inviter, since: on(5) };
  const revokedAt = (at: string): Responsibility => ({ kind: 'ended', at });

  const statusOf = (
    status: Invite['status'],
    responsibility: Responsibility,
    now: string,
    more: Partial<Pick<Invite, 'ending' | 'assignments'>> = {},
  ) =>
    effectiveStatus({ status, expiresAt, assignments: [{ role: 'member' }], ...more }, responsibility, { tree, now });

  test.each<{ promise: string; responsibility: Responsibility; now: string; status: InviteStatus }>([
    { promise: 'pending long before it expires', responsibility: held, now: on(5), status: 'pending' },
    {
      promise: 'pending a millisecond before it expires',
      responsibility: held,
      now: on(12, '13:59:59.999'),
      status: 'pending',
    },
    { promise: 'expired at the very millisecond', responsibility: held, now: expiresAt, status: 'expired' },
    { promise: 'expired a millisecond later', responsibility: held, now: on(12, '14:00:00.001'), status: 'expired' },
    {
      promise: 'expired, although the responsible user took over after that',
      responsibility: { kind: 'held', by: inviter, since: on(13) },
      now: on(20),
      status: 'expired',
    },
    {
      promise: 'revoked if nobody is responsible for it',
      responsibility: revokedAt(on(6)),
      now: on(7),
      status: 'revoked',
    },
    { promise: 'revoked at the very millisecond', responsibility: revokedAt(on(6)), now: on(6), status: 'revoked' },
    {
      promise: 'still revoked, not expired, after its expiry',
      responsibility: revokedAt(on(6)),
      now: on(20),
      status: 'revoked',
    },
    {
      promise: 'revoked, when that was a millisecond before it would have expired',
      responsibility: revokedAt(on(12, '13:59:59.999')),
      now: on(20),
      status: 'revoked',
    },
    {
      promise: 'expired, when it was revoked at the very millisecond at which it expired',
      responsibility: revokedAt(expiresAt),
      now: on(20),
      status: 'expired',
    },
    {
      promise: 'expired, when it was revoked after it had expired',
      responsibility: revokedAt(on(13)),
      now: on(20),
      status: 'expired',
    },
  ])('$promise', ({ responsibility: by, now, status }) => {
    expect(statusOf('pending', by, now)).toBe(status);
  });

  test.each(inviteStatuses.filter((status) => !isOpen(status)))(
    '%s once that is stored, whatever happens to its inviter and whenever it would have expired',
    (status) => {
      for (const each of [held, revokedAt(on(6)), revokedAt(on(13))])
        for (const now of [on(5), expiresAt, on(20)]) expect(statusOf(status, each, now)).toBe(status);
    },
  );

  describe('if all its roles are on deleted pools,', () => {
    const roles: StoredAssignment[] = [{ role: 'engineer', poolId: 'deleted' }];

    test.each<{ promise: string; responsibility: Responsibility; now: string; status: InviteStatus }>([
      { promise: 'needs_roles during its lifetime', responsibility: held, now: on(5), status: 'needs_roles' },
      { promise: 'expired once its lifetime is over', responsibility: held, now: expiresAt, status: 'expired' },
      {
        promise: 'revoked once nobody is responsible for it',
        responsibility: revokedAt(on(6)),
        now: on(7),
        status: 'revoked',
      },
    ])('$promise', ({ responsibility: by, now, status }) => {
      for (const stored of openStatuses) expect(statusOf(stored, by, now, { assignments: roles })).toBe(status);
    });

    test.each<[string, StoredAssignment[]]>([
      ['one other role is on an existing pool', [...roles, { role: 'manager', poolId: 'kept' }]],
      ['one other role needs no pool', [...roles, { role: 'member' }]],
      ['one other role is known only to a newer version', [...roles, parseAssignment('auditor')]],
    ])('pending after all, if %s', (_, assignments) => {
      expect(statusOf('pending', held, on(5), { assignments })).toBe('pending');
    });
  });

  test.each(['revoked', 'already_member'] as const)('%s once another transaction has ended it so', (ending) => {
    for (const stored of openStatuses)
      for (const each of [held, revokedAt(on(6))])
        for (const now of [on(5), expiresAt]) expect(statusOf(stored, each, now, { ending })).toBe(ending);
  });
});
