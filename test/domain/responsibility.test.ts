import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { responsibilityFor, type Responsibility } from '../../shared/invites/responsibility.ts';
import type { RoleAssignment } from '../../shared/roles/role.ts';
import { mayInvite, type User } from '../../shared/users/user.ts';

/** An instant on a day of November 2026. */
const on = (day: number, time = '12:00:00.000'): string => `2026-11-${String(day).padStart(2, '0')}T${time}Z`;

type Passed = User['invitesPassed'][number];

/** The user lost the right to invite on that day, and `to` has been responsible for their invites since. */
const passed = (day: number, to: string): Passed => ({ at: on(day), to });
const revokedOn = (day: number): Passed => ({ at: on(day) });

const user = (id: string, invitesPassed: Passed[], more: Partial<User>): User => ({
  id,
  personId: `person-${id}`,
  email: `${id}@example.com`,
  name: id,
  status: 'active',
  assignments: [{ role: 'organization_manager' }],
  holdings: [id],
  takenOver: [],
  invitesPassed,
  joinedAt: on(1),
  version: 1,
  ...more,
});

/** A user who is an organization manager now, even if they lost the right in between. */
const manager = (id: string, ...invitesPassed: Passed[]): User => user(id, invitesPassed, {});
const holding = (id: string, assignments: RoleAssignment[], ...invitesPassed: Passed[]): User =>
  user(id, invitesPassed, { assignments });
const demoted = (id: string, ...invitesPassed: Passed[]): User => holding(id, [{ role: 'member' }], ...invitesPassed);
const removed = (id: string, ...invitesPassed: Passed[]): User =>
  user(id, invitesPassed, { status: 'removed', removedAt: on(9) });

const responsibility = (
  users: User[],
  since: string,
  invitedBy = 'ada',
  assignments: RoleAssignment[] = [{ role: 'member' }],
): Responsibility =>
  responsibilityFor({ invitedBy, invitedBySince: since, assignments }, new Map(users.map((each) => [each.id, each])));

type Answer = { by: string; since: string } | { revokedAt: string };

/** The user who is responsible for an invite that ada sent, and since when. Otherwise the instant since which nobody is. */
const answers = (users: User[], since = on(5), invitedBy = 'ada'): Answer => {
  const found = responsibility(users, since, invitedBy);
  return found.kind === 'held' ? { by: found.by.id, since: found.since } : { revokedAt: found.at };
};

interface Case {
  promise: string;
  users: User[];
  answer: Answer;
}

describe('the user responsible for an invite that ada sent on the fifth is', () => {
  test.each<Case>([
    {
      promise: 'its inviter since then, while an organization manager',
      users: [manager('ada')],
      answer: { by: 'ada', since: on(5) },
    },
    {
      promise: 'its inviter, whatever other roles they hold',
      users: [holding('ada', [{ role: 'engineer', poolId: 'pool_1' }, { role: 'organization_manager' }])],
      answer: { by: 'ada', since: on(5) },
    },
    { promise: 'nobody ever, when the inviter is unknown', users: [manager('bob')], answer: { revokedAt: on(5) } },
    { promise: 'nobody ever, when there are no users', users: [], answer: { revokedAt: on(5) } },
    {
      promise: 'nobody, when the inviter was demoted and passed nothing on',
      users: [demoted('ada')],
      answer: { revokedAt: on(5) },
    },
    {
      promise: 'nobody, when the inviter is a manager of pools only and passed nothing on',
      users: [holding('ada', [{ role: 'manager', poolId: 'pool_1' }])],
      answer: { revokedAt: on(5) },
    },
    {
      promise: 'nobody, when the inviter was removed and passed nothing on',
      users: [removed('ada')],
      answer: { revokedAt: on(5) },
    },
    {
      promise: 'nobody, since the inviter demoted itself',
      users: [demoted('ada', revokedOn(6)), manager('bob')],
      answer: { revokedAt: on(6) },
    },
    {
      promise: 'the user who demoted the inviter, since then',
      users: [demoted('ada', passed(6, 'bob')), manager('bob')],
      answer: { by: 'bob', since: on(6) },
    },
    {
      promise: 'the user who removed the inviter and kept the invites, since then',
      users: [removed('ada', passed(6, 'bob')), manager('bob')],
      answer: { by: 'bob', since: on(6) },
    },
    {
      promise: 'nobody, since the removal that revoked the invites',
      users: [removed('ada', revokedOn(6)), manager('bob')],
      answer: { revokedAt: on(6) },
    },
    {
      promise: 'nobody, since the removal that revoked the invites, although a demotion before had passed others on',
      users: [removed('ada', passed(4, 'bob'), revokedOn(6)), manager('bob')],
      answer: { revokedAt: on(6) },
    },
    {
      promise: 'the last user of a chain, after three users who lost the right',
      users: [
        demoted('ada', passed(6, 'bob')),
        removed('bob', passed(7, 'cyd')),
        demoted('cyd', passed(8, 'dan')),
        manager('dan'),
      ],
      answer: { by: 'dan', since: on(8) },
    },
    {
      promise: 'the first user of a chain who still has the right, not the last',
      users: [demoted('ada', passed(6, 'bob')), manager('bob', passed(3, 'cyd')), manager('cyd')],
      answer: { by: 'bob', since: on(6) },
    },
    {
      promise: 'nobody, when the chain ends with a user who cannot invite',
      users: [demoted('ada', passed(6, 'bob')), removed('bob')],
      answer: { revokedAt: on(6) },
    },
    {
      promise: 'nobody, when the chain leads to an unknown user',
      users: [demoted('ada', passed(6, 'ghost'))],
      answer: { revokedAt: on(6) },
    },
    {
      promise: 'not the successor who owns the inviter’s assets, but the user who took over the invites',
      users: [
        user('ada', [passed(6, 'bob')], { status: 'removed', removedAt: on(6), successorId: 'eve' }),
        manager('bob'),
        removed('eve', revokedOn(7)),
      ],
      answer: { by: 'bob', since: on(6) },
    },
  ])('$promise', ({ users, answer }) => {
    expect(answers(users)).toEqual(answer);
  });
});

// This happens because clocks differ and a hand-over takes a moment.
describe('an invite that reaches a user after they lost the right to invite', () => {
  test.each<Case>([
    {
      promise: 'goes to the user to whom they passed their invites',
      users: [demoted('ada', passed(4, 'bob')), manager('bob')],
      answer: { by: 'bob', since: on(5) },
    },
    {
      promise: 'goes to the user to whom they last passed their invites',
      users: [demoted('ada', passed(3, 'bob'), passed(4, 'cyd')), manager('bob'), manager('cyd')],
      answer: { by: 'cyd', since: on(5) },
    },
    {
      promise: 'is revoked if their other invites were revoked',
      users: [removed('ada', passed(3, 'bob'), revokedOn(4)), manager('bob')],
      answer: { revokedAt: on(5) },
    },
    {
      promise: 'is also passed on if another user passed it to them',
      users: [demoted('ada', passed(8, 'bob')), removed('bob', passed(7, 'cyd')), manager('cyd')],
      answer: { by: 'cyd', since: on(8) },
    },
    {
      promise: 'is theirs once they are promoted again',
      users: [manager('ada', passed(4, 'bob')), manager('bob')],
      answer: { by: 'ada', since: on(5) },
    },
    {
      promise: 'is revoked if all users passed it to each other',
      users: [demoted('ada', passed(4, 'bob')), demoted('bob', passed(4, 'ada'))],
      answer: { revokedAt: on(5) },
    },
  ])('$promise', ({ users, answer }) => {
    expect(answers(users)).toEqual(answer);
  });
});

describe('a user who is promoted again does not get back the invites that were passed on', () => {
  test.each<Case>([
    {
      promise: 'the user who took over stays responsible',
      users: [manager('ada', passed(6, 'bob')), manager('bob')],
      answer: { by: 'bob', since: on(6) },
    },
    {
      promise: 'the last of several users who took over stays responsible',
      users: [manager('ada', passed(6, 'bob')), removed('bob', passed(8, 'cyd')), manager('cyd')],
      answer: { by: 'cyd', since: on(8) },
    },
    {
      promise: 'an invite that was revoked with the right stays revoked',
      users: [manager('ada', revokedOn(6))],
      answer: { revokedAt: on(6) },
    },
    {
      promise: 'a revoked invite stays revoked when the right is lost once more and invites are then passed on',
      users: [demoted('ada', revokedOn(6), passed(8, 'bob')), manager('bob')],
      answer: { revokedAt: on(6) },
    },
  ])('$promise', ({ users, answer }) => {
    expect(answers(users)).toEqual(answer);
  });

  // Ada is demoted by bob on the sixth; bob is removed with pendingInvites=revoke on the eighth.
  test.each<{ promise: string; ada: User }>([
    { promise: 'and ada is never promoted again', ada: demoted('ada', passed(6, 'bob')) },
    { promise: 'and ada is promoted again, before or after', ada: manager('ada', passed(6, 'bob')) },
    {
      promise: 'and ada was promoted again before, and demoted after',
      ada: demoted('ada', passed(6, 'bob'), passed(9, 'cyd')),
    },
    {
      promise: 'and ada was promoted again before, and removed after',
      ada: removed('ada', passed(6, 'bob'), passed(9, 'cyd')),
    },
  ])('an invite that is revoked with the user who took it over stays revoked: bob is removed, $promise', ({ ada }) => {
    const users = [ada, removed('bob', revokedOn(8)), manager('cyd')];
    expect(answers(users)).toEqual({ revokedAt: on(8) });
  });

  // Ada sends the invite on the seventh, after her promotion. It is her own, so bob's removal on the eighth does not affect it.
  test('an invite that is sent after the promotion is not revoked with those that were passed on before', () => {
    const users = [manager('ada', passed(6, 'bob')), removed('bob', revokedOn(8))];
    expect(answers(users, on(7))).toEqual({ by: 'ada', since: on(7) });
  });
});

describe('each loss of the right affects the invites for which the user is responsible at that time', () => {
  // Ada is demoted by bob on the sixth, promoted, demoted by carl on the eighth, and promoted on the tenth.
  const users = [manager('ada', passed(6, 'bob'), passed(8, 'carl')), manager('bob'), manager('carl')];

  test.each<{ sent: string; answer: Answer }>([
    { sent: on(5), answer: { by: 'bob', since: on(6) } },
    { sent: on(6), answer: { by: 'bob', since: on(6) } },
    { sent: on(6, '12:00:00.001'), answer: { by: 'carl', since: on(8) } },
    { sent: on(7), answer: { by: 'carl', since: on(8) } },
    { sent: on(8), answer: { by: 'carl', since: on(8) } },
    { sent: on(11), answer: { by: 'ada', since: on(11) } },
  ])(
    'after two demotions and promotions of ada, an invite that she sent at $sent has the right responsible user',
    ({ sent, answer }) => {
      expect(answers(users, sent)).toEqual(answer);
    },
  );

  test('after two demotions by the same user, that user is responsible for all invites, each since its own demotion', () => {
    const twice = [demoted('ada', passed(6, 'bob'), passed(8, 'bob')), manager('bob')];
    expect([answers(twice, on(5)), answers(twice, on(7))]).toEqual([
      { by: 'bob', since: on(6) },
      { by: 'bob', since: on(8) },
    ]);
  });

  test('an earlier revocation does not affect an invite that was sent later and then passed on', () => {
    const later = [demoted('ada', revokedOn(4), passed(6, 'bob')), manager('bob')];
    expect([answers(later, on(3)), answers(later, on(5))]).toEqual([{ revokedAt: on(4) }, { by: 'bob', since: on(6) }]);
  });
});

describe('the extent of a revocation', () => {
  test.each<{ promise: string; sent: string; answer: Answer }>([
    { promise: 'an invite sent before is revoked', sent: on(5), answer: { revokedAt: on(6) } },
    { promise: 'an invite sent at that very millisecond is revoked', sent: on(6), answer: { revokedAt: on(6) } },
    {
      promise: 'an invite sent a millisecond later is not',
      sent: on(6, '12:00:00.001'),
      answer: { by: 'ada', since: on(6, '12:00:00.001') },
    },
  ])('$promise, also when the inviter is promoted again', ({ sent, answer }) => {
    expect(answers([manager('ada', revokedOn(6))], sent)).toEqual(answer);
  });

  test.each<Case>([
    {
      promise: 'an invite taken over before is revoked',
      users: [demoted('ada', passed(6, 'bob')), removed('bob', revokedOn(7))],
      answer: { revokedAt: on(7) },
    },
    {
      promise: 'an invite taken over before is revoked, also when the user who took over is promoted again',
      users: [demoted('ada', passed(6, 'bob')), manager('bob', revokedOn(7))],
      answer: { revokedAt: on(7) },
    },
    {
      promise: 'an invite taken over at that very millisecond is revoked',
      users: [demoted('ada', passed(7, 'bob')), manager('bob', revokedOn(7))],
      answer: { revokedAt: on(7) },
    },
    {
      promise: 'an invite taken over later, after another promotion, is not',
      users: [demoted('ada', passed(8, 'bob')), manager('bob', revokedOn(7))],
      answer: { by: 'bob', since: on(8) },
    },
    {
      promise: 'an invite that the last user of a chain took over later is not, although it was sent before',
      users: [demoted('ada', passed(6, 'bob')), demoted('bob', passed(9, 'cyd')), manager('cyd', revokedOn(8))],
      answer: { by: 'cyd', since: on(9) },
    },
  ])('$promise', ({ users, answer }) => {
    expect(answers(users)).toEqual(answer);
  });
});

describe('an invite comes back to a user who passed it on and was promoted again', () => {
  // Ada is demoted by bob on the sixth and promoted; she demotes bob on the eighth.
  test.each<{ promise: string; users: User[]; sent: string; answer: Answer }>([
    {
      promise: 'when they take over from the user who took over',
      users: [manager('ada', passed(6, 'bob')), demoted('bob', passed(8, 'ada'))],
      sent: on(5),
      answer: { by: 'ada', since: on(8) },
    },
    {
      promise: 'and an invite that they sent in between stays theirs',
      users: [manager('ada', passed(6, 'bob')), demoted('bob', passed(8, 'ada'))],
      sent: on(7),
      answer: { by: 'ada', since: on(7) },
    },
    {
      promise: 'when it comes back through a third user',
      users: [manager('ada', passed(6, 'bob')), removed('bob', passed(8, 'cyd')), demoted('cyd', passed(9, 'ada'))],
      sent: on(5),
      answer: { by: 'ada', since: on(9) },
    },
    {
      promise: 'and is passed on once more when they lose the right once more',
      users: [removed('ada', passed(6, 'bob'), passed(10, 'bob')), manager('bob', passed(8, 'ada'))],
      sent: on(5),
      answer: { by: 'bob', since: on(10) },
    },
    {
      promise: 'and is revoked when they are then removed and their invites revoked',
      users: [removed('ada', passed(6, 'bob'), revokedOn(10)), manager('bob', passed(8, 'ada'))],
      sent: on(5),
      answer: { revokedAt: on(10) },
    },
  ])('$promise', ({ users, sent, answer }) => {
    expect(answers(users, sent)).toEqual(answer);
  });
});

/** An action of a manager: sending an invite, or giving or taking the rights of a user, possibly their own. */
type Step = [
  does: 'invite' | 'promote' | 'demote' | 'remove and keep' | 'remove and revoke',
  actor: number,
  other: number,
];

/** Plays these steps, one a day. Returns the users, and each invite with its responsible user if every step moves it at once. */
const play = (steps: Step[]) => {
  const users = ['ada', 'bob', 'cyd', 'dan'].map((id) => manager(id));
  const invites: { invitedBy: string; sent: string; answer: Answer }[] = [];
  for (const [index, [does, by, whom]] of steps.entries()) {
    const at = on(index + 1);
    const managers = users.filter(mayInvite);
    const actor = managers[by % managers.length];
    const other = users[whom % users.length];
    if (!actor || other?.status !== 'active') continue;
    if (does === 'invite') invites.push({ invitedBy: actor.id, sent: at, answer: { by: actor.id, since: at } });
    else if (does === 'promote') other.assignments = [{ role: 'organization_manager' }];
    else if (mayInvite(other) && managers.length > 1) {
      const isRevoked = does === 'remove and revoke' || actor === other;
      other.invitesPassed.push(isRevoked ? { at } : { at, to: actor.id });
      for (const invite of invites)
        if ('by' in invite.answer && invite.answer.by === other.id)
          invite.answer = isRevoked ? { revokedAt: at } : { by: actor.id, since: at };
      if (does === 'demote') other.assignments = [{ role: 'member' }];
      else other.status = 'removed';
    }
  }
  return { users, invites };
};

test('whatever managers do to each other, the responsible user is the same as if every step moved the invites at once', () => {
  const does = fc.constantFrom<Step[0][]>('invite', 'promote', 'demote', 'remove and keep', 'remove and revoke');
  const steps = fc.array(fc.tuple(does, fc.nat(3), fc.nat(3)), { maxLength: 28 });
  fc.assert(
    fc.property(steps, (done) => {
      const { users, invites } = play(done);
      for (const { sent, invitedBy, answer } of invites) expect(answers(users, sent, invitedBy)).toEqual(answer);
    }),
    { numRuns: 1_000 },
  );
});

test('the responsible user is the same if an earlier responsible user was stored in the invite', () => {
  const users = [
    manager('ada', passed(6, 'bob')),
    removed('bob', passed(7, 'cyd')),
    demoted('cyd', passed(8, 'dan')),
    manager('dan', revokedOn(3)),
  ];
  const answer = { by: 'dan', since: on(8) };
  expect(answers(users, on(5), 'ada')).toEqual(answer);
  expect(answers(users, on(6), 'bob')).toEqual(answer);
  expect(answers(users, on(7), 'cyd')).toEqual(answer);
  expect(answers(users, on(8), 'dan')).toEqual(answer);
});

test('the responsible user of an invite that came back is the same if one in between was stored in the invite', () => {
  const users = [manager('ada', passed(6, 'bob')), demoted('bob', passed(8, 'ada'))];
  const answer = { by: 'ada', since: on(8) };
  expect(answers(users, on(5), 'ada')).toEqual(answer);
  expect(answers(users, on(6), 'bob')).toEqual(answer);
  expect(answers(users, on(8), 'ada')).toEqual(answer);
});

describe('a loop of users always ends', () => {
  test.each<Case>([
    {
      promise: 'a user who passed invites to themself is responsible for none',
      users: [demoted('ada', passed(6, 'ada'))],
      answer: { revokedAt: on(6) },
    },
    {
      promise: 'two users who passed invites to each other are responsible for none',
      users: [demoted('ada', passed(6, 'bob')), demoted('bob', passed(7, 'ada'))],
      answer: { revokedAt: on(7) },
    },
    {
      promise: 'two users who passed invites to each other at the same instant are responsible for none',
      users: [demoted('ada', passed(6, 'bob')), demoted('bob', passed(6, 'ada'))],
      answer: { revokedAt: on(6) },
    },
    {
      promise: 'three users who were removed at the same instant, each passing to the next, are responsible for none',
      users: [removed('ada', passed(6, 'bob')), removed('bob', passed(6, 'cyd')), removed('cyd', passed(6, 'ada'))],
      answer: { revokedAt: on(6) },
    },
    {
      promise: 'a loop that does not contain the inviter ends too',
      users: [removed('ada', passed(6, 'bob')), removed('bob', passed(7, 'cyd')), removed('cyd', passed(8, 'bob'))],
      answer: { revokedAt: on(8) },
    },
    {
      promise: 'a user who passed invites to the inviter before is responsible for those that they took over later',
      users: [demoted('ada', passed(6, 'bob')), manager('bob', passed(4, 'ada'))],
      answer: { by: 'bob', since: on(6) },
    },
    {
      promise: 'a chain within one instant is followed to its end',
      users: [demoted('ada', passed(5, 'bob')), demoted('bob', passed(5, 'cyd')), manager('cyd')],
      answer: { by: 'cyd', since: on(5) },
    },
  ])('$promise', ({ users, answer }) => {
    expect(answers(users)).toEqual(answer);
  });

  test('a chain of 10,000 users who lost the right is followed to its end', () => {
    const length = 10_000;
    const chain = Array.from({ length }, (_, index) => removed(`u${index}`, passed(6, `u${index + 1}`)));
    expect(answers([...chain, manager(`u${length}`)], on(5), 'u0')).toEqual({ by: `u${length}`, since: on(6) });
  });

  test('whoever passed invites to whom, only a user who can invite is responsible, and never since before the invite', () => {
    const ids = ['ada', 'bob', 'cyd', 'dan'];
    const days = fc.integer({ min: 4, max: 7 });
    const passing = fc.oneof(
      fc.tuple(days, fc.constantFrom(...ids, 'ghost')).map(([day, to]) => passed(day, to)),
      days.map(revokedOn),
    );
    const lists = fc
      .array(passing, { maxLength: 4 })
      .map((list) => list.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)));
    const anyUser = fc.tuple(fc.constantFrom(manager, demoted, removed), lists);
    fc.assert(
      fc.property(fc.tuple(anyUser, anyUser, anyUser, anyUser), days, (made, day) => {
        const users = made.map(([make, list], index) => make(ids[index] ?? '', ...list));
        const found = responsibility(users, on(day));
        expect(found.kind === 'ended' || mayInvite(found.by)).toBe(true);
        expect(Date.parse(found.kind === 'held' ? found.since : found.at)).toBeGreaterThanOrEqual(Date.parse(on(day)));
      }),
      { numRuns: 500 },
    );
  });
});

describe('a hand-over that revokes the invites of managers', () => {
  const revokesManagers = (day: number, to: string): Passed => ({ at: on(day), to, revokesManagers: true });
  const ofManager: RoleAssignment[] = [{ role: 'member' }, { role: 'organization_manager' }];
  const rolesOfOthers: RoleAssignment[][] = [
    [{ role: 'member' }],
    [{ role: 'manager', poolId: 'pool_1' }],
    [{ role: 'engineer', poolId: 'pool_1' }],
  ];
  const users = [removed('ada', revokesManagers(6, 'bob')), manager('bob')];

  test('ends them at that instant', () => {
    expect(responsibility(users, on(5), 'ada', ofManager)).toEqual({ kind: 'ended', at: on(6) });
  });

  test('passes all others on', () => {
    for (const roles of rolesOfOthers)
      expect(responsibility(users, on(5), 'ada', roles)).toMatchObject({
        kind: 'held',
        by: { id: 'bob' },
        since: on(6),
      });
  });

  test('does not concern invites that its inviter sends after it', () => {
    const restored = [manager('ada', revokesManagers(6, 'bob')), manager('bob')];
    expect(responsibility(restored, on(7), 'ada', ofManager)).toMatchObject({ kind: 'held', by: { id: 'ada' } });
  });

  test('ends what an earlier hand-over has kept, in either order', () => {
    const twice = [removed('ada', passed(6, 'bob')), removed('bob', revokesManagers(8, 'cyd')), manager('cyd')];
    expect(responsibility(twice, on(5), 'ada', ofManager)).toEqual({ kind: 'ended', at: on(8) });
    expect(responsibility(twice, on(5))).toMatchObject({ kind: 'held', by: { id: 'cyd' }, since: on(8) });
    const reversed = [removed('ada', revokesManagers(6, 'bob')), removed('bob', passed(8, 'cyd')), manager('cyd')];
    expect(responsibility(reversed, on(5), 'ada', ofManager)).toEqual({ kind: 'ended', at: on(6) });
    expect(responsibility(reversed, on(7), 'bob', ofManager)).toMatchObject({ kind: 'held', by: { id: 'cyd' } });
  });
});
