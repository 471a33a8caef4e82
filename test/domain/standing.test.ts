import { describe, expect, test } from 'vitest';
import { inviteStatuses, type InviteStatus } from '../../shared/invites/invite.ts';
import { standingOf, statusAt, type Standing } from '../../shared/invites/standing.ts';
import type { RoleAssignment } from '../../shared/roles/role.ts';
import type { User } from '../../shared/users/user.ts';

/** Days on which things happen. */
const on = (day: number, time = '12:00:00.000'): string => `2026-11-${String(day).padStart(2, '0')}T${time}Z`;

const organizationManager: RoleAssignment[] = [{ role: 'organization_manager' }];
const member: RoleAssignment[] = [{ role: 'member' }];

const user = (id: string, more: Partial<User>): User => ({
  id,
  personId: `person-${id}`,
  email: `${id}@example.com`,
  name: id,
  status: 'active',
  assignments: organizationManager,
  holdings: [id],
  takenOver: [],
  joinedAt: on(1),
  version: 1,
  ...more,
});

const manager = (id: string, more: Partial<User> = {}): User => user(id, more);
const demoted = (id: string, more: Partial<User> = {}): User => user(id, { assignments: member, ...more });
const removed = (id: string, more: Partial<User> = {}): User =>
  user(id, { status: 'removed', removedAt: on(9), ...more });

/** Whose name stands behind an invite that ada sent; `revoked` when nobody's. */
const answers = (users: User[], createdAt = on(5), invitedBy = 'ada'): string => {
  const standing = standingOf({ invitedBy, createdAt }, new Map(users.map((each) => [each.id, each])));
  return standing.kind === 'upheld' ? standing.by.id : 'revoked';
};

describe('who answers for an invite', () => {
  test.each<{ promise: string; users: User[]; by: string }>([
    { promise: 'its inviter, while an organization manager', users: [manager('ada')], by: 'ada' },
    {
      promise: 'its inviter, whatever other roles they hold',
      users: [
        manager('ada', { assignments: [{ role: 'engineer', poolId: 'pool_1' }, { role: 'organization_manager' }] }),
      ],
      by: 'ada',
    },
    { promise: 'nobody, when the inviter is unknown', users: [manager('bob')], by: 'revoked' },
    { promise: 'nobody, when there are no users', users: [], by: 'revoked' },
    { promise: 'nobody, when a demoted inviter passed it to nobody', users: [demoted('ada')], by: 'revoked' },
    {
      promise: 'nobody, when the inviter is now a manager of pools only',
      users: [user('ada', { assignments: [{ role: 'manager', poolId: 'pool_1' }] })],
      by: 'revoked',
    },
    { promise: 'nobody, when a removed inviter passed it to nobody', users: [removed('ada')], by: 'revoked' },
    {
      promise: 'who demoted the inviter',
      users: [demoted('ada', { invitesTo: 'bob', invitesToAt: on(6) }), manager('bob')],
      by: 'bob',
    },
    {
      promise: 'who removed the inviter and kept the invites',
      users: [removed('ada', { invitesTo: 'bob', invitesToAt: on(6) }), manager('bob')],
      by: 'bob',
    },
    {
      promise: 'nobody, when the removal revoked the invites',
      users: [removed('ada', { invitesRevokedAt: on(6) }), manager('bob')],
      by: 'revoked',
    },
    {
      promise: 'nobody, when the removal revoked the invites, although an earlier demotion had passed them on',
      users: [removed('ada', { invitesTo: 'bob', invitesToAt: on(4), invitesRevokedAt: on(6) }), manager('bob')],
      by: 'revoked',
    },
    {
      promise: 'the last of a chain of three who lost the right',
      users: [
        demoted('ada', { invitesTo: 'bob', invitesToAt: on(6) }),
        removed('bob', { invitesTo: 'cyd', invitesToAt: on(7) }),
        demoted('cyd', { invitesTo: 'dan', invitesToAt: on(8) }),
        manager('dan'),
      ],
      by: 'dan',
    },
    {
      promise: 'the first of a chain who may still invite, not the last',
      users: [
        demoted('ada', { invitesTo: 'bob', invitesToAt: on(6) }),
        manager('bob', { invitesTo: 'cyd', invitesToAt: on(3) }),
        manager('cyd'),
      ],
      by: 'bob',
    },
    {
      promise: 'nobody, when the chain ends with one who may not invite',
      users: [demoted('ada', { invitesTo: 'bob', invitesToAt: on(6) }), removed('bob')],
      by: 'revoked',
    },
    {
      promise: 'nobody, when the chain leads to somebody unknown',
      users: [demoted('ada', { invitesTo: 'ghost', invitesToAt: on(6) })],
      by: 'revoked',
    },
    {
      promise: 'the inviter again, once promoted again',
      users: [manager('ada', { invitesTo: 'bob', invitesToAt: on(6) }), manager('bob')],
      by: 'ada',
    },
    {
      promise: 'the inviter again, once promoted again, although who had taken over was removed and passed them on',
      users: [
        manager('ada', { invitesTo: 'bob', invitesToAt: on(6) }),
        removed('bob', { invitesTo: 'cyd', invitesToAt: on(8) }),
        manager('cyd'),
      ],
      by: 'ada',
    },
  ])('$promise', ({ users, by }) => {
    expect(answers(users)).toBe(by);
  });
});

describe('what a revocation reaches', () => {
  test.each<{ promise: string; createdAt: string; by: string }>([
    { promise: 'an invite sent before it is revoked', createdAt: on(5), by: 'revoked' },
    { promise: 'an invite sent at that very millisecond is revoked', createdAt: on(6, '12:00:00.000'), by: 'revoked' },
    { promise: 'an invite sent a millisecond later is not', createdAt: on(6, '12:00:00.001'), by: 'ada' },
  ])('$promise, also when the inviter is promoted again', ({ createdAt, by }) => {
    expect(answers([manager('ada', { invitesRevokedAt: on(6) })], createdAt)).toBe(by);
  });

  test('a revocation of who took over reaches what it had taken over before', () => {
    const users = [
      demoted('ada', { invitesTo: 'bob', invitesToAt: on(6) }),
      removed('bob', { invitesRevokedAt: on(7) }),
    ];
    expect(answers(users)).toBe('revoked');
  });

  test('a revocation of who took over reaches what it took over at that very millisecond', () => {
    const users = [
      demoted('ada', { invitesTo: 'bob', invitesToAt: on(7) }),
      manager('bob', { invitesRevokedAt: on(7) }),
    ];
    expect(answers(users)).toBe('revoked');
  });

  test('a revocation of who took over does not reach what it took over later, promoted again', () => {
    const users = [
      demoted('ada', { invitesTo: 'bob', invitesToAt: on(8) }),
      manager('bob', { invitesRevokedAt: on(7) }),
    ];
    expect(answers(users)).toBe('bob');
  });

  test('what counts is when the last of the chain took over, not when the invite was sent', () => {
    const users = [
      demoted('ada', { invitesTo: 'bob', invitesToAt: on(6) }),
      demoted('bob', { invitesTo: 'cyd', invitesToAt: on(9) }),
      manager('cyd', { invitesRevokedAt: on(8) }),
    ];
    expect(answers(users)).toBe('cyd');
  });

  test('an earlier revocation of the inviter does not reach what they sent later and then passed on', () => {
    const users = [demoted('ada', { invitesRevokedAt: on(4), invitesTo: 'bob', invitesToAt: on(6) }), manager('bob')];
    expect([answers(users, on(3)), answers(users, on(5))]).toEqual(['revoked', 'bob']);
  });

  test('a revocation of the successor of assets does not reach invites it never took over', () => {
    const users = [
      removed('ada', { successorId: 'eve', invitesTo: 'bob', invitesToAt: on(6) }),
      manager('bob'),
      removed('eve', { invitesRevokedAt: on(7) }),
    ];
    expect(answers(users)).toBe('bob');
  });

  // Ada was demoted and bob took over; bob was removed with pendingInvites=revoke; then ada was promoted again.
  test('an invite that was revoked with who had taken it over stays revoked when its inviter is promoted again', () => {
    const ada = { invitesTo: 'bob', invitesToAt: on(6) };
    const bob = removed('bob', { invitesRevokedAt: on(7) });
    expect(answers([demoted('ada', ada), bob])).toBe('revoked');
    expect(answers([manager('ada', ada), bob])).toBe('revoked');
  });
});

describe('a loop never hangs', () => {
  test.each<{ promise: string; users: User[]; by: string }>([
    {
      promise: 'who passed invites to itself answers for none',
      users: [demoted('ada', { invitesTo: 'ada', invitesToAt: on(6) })],
      by: 'revoked',
    },
    {
      promise: 'two who passed invites to each other answer for none',
      users: [
        demoted('ada', { invitesTo: 'bob', invitesToAt: on(6) }),
        demoted('bob', { invitesTo: 'ada', invitesToAt: on(7) }),
      ],
      by: 'revoked',
    },
    {
      promise: 'a loop behind the inviter ends too',
      users: [
        removed('ada', { invitesTo: 'bob', invitesToAt: on(6) }),
        removed('bob', { invitesTo: 'cyd', invitesToAt: on(7) }),
        removed('cyd', { invitesTo: 'bob', invitesToAt: on(8) }),
      ],
      by: 'revoked',
    },
    {
      promise: 'a loop of which one may invite again is answered for by that one',
      users: [
        demoted('ada', { invitesTo: 'bob', invitesToAt: on(6) }),
        manager('bob', { invitesTo: 'ada', invitesToAt: on(4) }),
      ],
      by: 'bob',
    },
  ])('$promise', ({ users, by }) => {
    expect(answers(users)).toBe(by);
  });

  test('a chain of 10,000 who lost the right is followed to its end', () => {
    const length = 10_000;
    const chain = Array.from({ length }, (_, index) =>
      removed(`u${index}`, { invitesTo: `u${index + 1}`, invitesToAt: on(6) }),
    );
    expect(answers([...chain, manager(`u${length}`)], on(5), 'u0')).toBe(`u${length}`);
  });
});

describe('what an invite is at an instant', () => {
  const upheld: Standing = { kind: 'upheld', by: manager('ada') };
  const revoked: Standing = { kind: 'revoked' };
  const expiresAt = on(12, '14:00:00.000');

  test.each<{ promise: string; standing: Standing; now: string; status: InviteStatus }>([
    { promise: 'pending long before it expires', standing: upheld, now: on(5), status: 'pending' },
    {
      promise: 'pending a millisecond before it expires',
      standing: upheld,
      now: on(12, '13:59:59.999'),
      status: 'pending',
    },
    { promise: 'expired at the very millisecond', standing: upheld, now: expiresAt, status: 'expired' },
    { promise: 'expired a millisecond later', standing: upheld, now: on(12, '14:00:00.001'), status: 'expired' },
    { promise: 'revoked while nobody answers for it', standing: revoked, now: on(5), status: 'revoked' },
    {
      promise: 'revoked rather than expired when nobody answers for it',
      standing: revoked,
      now: on(20),
      status: 'revoked',
    },
  ])('$promise', ({ standing, now, status }) => {
    expect(statusAt({ status: 'pending', expiresAt }, standing, now)).toBe(status);
  });

  const settled = inviteStatuses.filter((status) => status !== 'pending');

  test.each(settled)(
    'an invite that is settled as %s stays so, whatever becomes of its inviter and its time',
    (status) => {
      for (const standing of [upheld, revoked])
        for (const now of [on(5), expiresAt, on(20)])
          expect(statusAt({ status, expiresAt }, standing, now)).toBe(status);
    },
  );
});
