import { beforeAll, describe, expect, test } from 'vitest';
import { removeUser } from '../../shared/handover/remove-user.ts';
import { acceptInvite } from '../../shared/invites/accept-invite.ts';
import { declineInvite } from '../../shared/invites/decline-invite.ts';
import { inviteUsers } from '../../shared/invites/invite-users.ts';
import { listInvites } from '../../shared/invites/list-invites.ts';
import { requestNewInvite } from '../../shared/invites/request-new-invite.ts';
import { resendInvite } from '../../shared/invites/resend-invite.ts';
import { revokeInvite } from '../../shared/invites/revoke-invite.ts';
import { updateInvite } from '../../shared/invites/update-invite.ts';
import { acceptMyInvite } from '../../shared/me/accept-my-invite.ts';
import { declineMyInvite } from '../../shared/me/decline-my-invite.ts';
import { deletePool } from '../../shared/pools/delete-pool.ts';
import type { Services } from '../../shared/ports.ts';
import type { RoleAssignment } from '../../shared/roles/role.ts';
import { keys } from '../../shared/table/keys.ts';
import { dayOf } from '../../shared/time.ts';
import { changeRoles } from '../../shared/users/change-roles.ts';
import { clock, later } from '../support/clock.ts';
import { callerOf, servicesOf } from '../support/operations.ts';
import {
  inviteByMail,
  newEmail,
  newestToken,
  newMember,
  newOrganization,
  newPool,
  take,
  type TestMember,
  type TestOrganization,
} from '../support/organization.ts';
import { asItIs, meanwhile, outcomeOf, race, won, type Run } from '../support/races.ts';
import { password, useStack, type SignedIn } from '../support/stack.ts';

/** In each race, both sides have read before either writes. test/guards shows which guard prevents which harm. */
const stack = useStack();
let organization: TestOrganization;
beforeAll(async () => {
  organization = await newOrganization(stack);
});

const second = 1_000;
const none = { params: {}, query: {} };
const nothing = { query: {}, body: undefined };

interface Invited {
  inviteId: string;
  token: string;
  person: SignedIn;
}

/** An invite to a person with an account, so that accepting it is a single write. */
const invited = async (
  roles: RoleAssignment[] = [{ role: 'member' }],
  inviter: TestMember = organization.manager,
): Promise<Invited> => {
  const person = await stack.newPerson(newEmail('invited'));
  return { person, ...(await inviteByMail(stack, { ...organization, manager: inviter }, person.email, roles)) };
};

const accepting =
  ({ token }: Pick<Invited, 'token'>): Run =>
  (services) =>
    acceptInvite(services)({ requestId: crypto.randomUUID() }, { ...none, body: { token, password } });

const acceptingMine =
  ({ inviteId, person }: Invited): Run =>
  (services) =>
    acceptMyInvite(services)(
      { personId: person.personId, requestId: crypto.randomUUID() },
      { params: { ...organization.params, inviteId }, ...nothing },
    );

const declining =
  ({ token }: Invited): Run =>
  (services) =>
    declineInvite(services)({ requestId: crypto.randomUUID() }, { ...none, body: { token } });

const decliningMine =
  ({ inviteId, person }: Invited): Run =>
  (services) =>
    declineMyInvite(services)(
      { personId: person.personId, requestId: crypto.randomUUID() },
      { params: { ...organization.params, inviteId }, ...nothing },
    );

const manager = () => callerOf(organization.manager);

const revoking =
  ({ inviteId }: Pick<Invited, 'inviteId'>): Run =>
  async (services) =>
    revokeInvite(services)(manager(), { params: { ...organization.params, inviteId }, ...nothing });

/** Resends the invite, by default more than a minute after the previous mail. */
const resending =
  ({ inviteId }: Pick<Invited, 'inviteId'>, by = 61 * second): Run =>
  async (services) =>
    resendInvite(later(services, by))(manager(), { params: { ...organization.params, inviteId }, ...nothing });

const updating =
  ({ inviteId }: Pick<Invited, 'inviteId'>, body: { roles?: RoleAssignment[]; email?: string }): Run =>
  async (services) =>
    updateInvite(services)(manager(), { params: { ...organization.params, inviteId }, query: {}, body });

const inviting =
  (emails: string[], by = 0): Run =>
  async (services) =>
    inviteUsers(later(services, by))(manager(), {
      params: organization.params,
      query: {},
      body: { emails, roles: [{ role: 'member' }], dryRun: false },
    });

/** The result of a race: the status of the invite, and the roles of each user with its address. */
const aftermath = async ({ inviteId, person }: Pick<Invited, 'inviteId' | 'person'>) => {
  const { client } = organization.manager;
  const { params } = organization;
  const { status } = take(await client.getInvite({ params: { ...params, inviteId } }));
  const users = take(await client.listUsers({ params, query: { search: person.email } })).items;
  return { status, users: users.map(({ roles }) => roles) };
};

/** The number of pending invites of an address, `by` milliseconds from now. */
const pendingInvitesOf = async (email: string, by = 0): Promise<number> => {
  const result = await listInvites(later(servicesOf(organization.id), by))(manager(), {
    params: organization.params,
    query: { search: email, status: 'pending', limit: 50 },
    body: undefined,
  });
  return result.ok ? result.value.items.length : expect.unreachable(result.error.code);
};

describe('accepting an invite', () => {
  const accepted = { status: 'accepted', users: [[{ role: 'member' }]] };

  describe.each([
    { against: 'revoking it', rival: revoking, loses: 'invite_settled', wins: 'revoked', dead: 'invite_revoked' },
    { against: 'declining it', rival: declining, loses: 'invite_accepted', wins: 'declined', dead: 'invite_declined' },
    {
      against: 'declining it without the link',
      rival: decliningMine,
      loses: 'invite_accepted',
      wins: 'declined',
      dead: 'invite_declined',
    },
  ])('against $against', ({ rival, loses, wins, dead }) => {
    const run = async (accept: (invite: Invited) => Run) => {
      const invite = await invited();
      const outcomes = await race(asItIs, organization.id, [accept(invite), rival(invite)]);
      return { outcomes, ...(await aftermath(invite)) };
    };

    test.each([
      ['by its link', accepting],
      ['without its link', acceptingMine],
    ])('%s: exactly one of both happens', async (_, accept) => {
      const result = await run(accept);
      expect([
        { outcomes: ['done', loses], ...accepted },
        { outcomes: [dead, 'done'], status: wins, users: [] },
      ]).toContainEqual(result);
    });
  });

  test('against declining and revoking it: exactly one of them happens', async () => {
    const invite = await invited();
    const runs = [accepting(invite), declining(invite), revoking(invite)];
    expect(won(await race(asItIs, organization.id, runs))).toBe(1);
  });

  describe('against resending it', () => {
    const run = async () => {
      const invite = await invited();
      const outcomes = await race(asItIs, organization.id, [accepting(invite), resending(invite)]);
      return { outcomes, ...(await aftermath(invite)) };
    };

    test('it is accepted, or its link no longer works', async () => {
      expect([
        { outcomes: ['done', 'invite_settled'], ...accepted },
        { outcomes: ['invite_superseded', 'done'], status: 'pending', users: [] },
      ]).toContainEqual(await run());
    });
  });

  describe('against correcting its address', () => {
    const run = async () => {
      const invite = await invited();
      const correct = () => updating(invite, { email: newEmail('right') })(servicesOf(organization.id));
      const result = await accepting(invite)(servicesOf(undefined, meanwhile(correct)));
      return { outcome: outcomeOf(result), ...(await aftermath(invite)) };
    };

    test('the link that was sent to the wrong address no longer works', async () => {
      expect(await run()).toEqual({ outcome: 'invite_superseded', status: 'pending', users: [] });
    });
  });

  describe('against changing its roles', () => {
    const roles = [{ role: 'organization_manager' as const }];

    const changedFirst = async () => {
      const invite = await invited(roles);
      const demote = () => updating(invite, { roles: [{ role: 'member' }] })(servicesOf(organization.id));
      const result = await accepting(invite)(servicesOf(undefined, meanwhile(demote)));
      return { outcome: outcomeOf(result), ...(await aftermath(invite)) };
    };

    test('gives the new roles if they are changed first', async () => {
      expect(await changedFirst()).toEqual({ outcome: 'done', ...accepted });
    });

    const acceptedFirst = async () => {
      const invite = await invited();
      const accept = () => accepting(invite)(servicesOf(undefined));
      const result = await updating(invite, { roles })(servicesOf(organization.id, meanwhile(accept)));
      return { outcome: outcomeOf(result), ...(await aftermath(invite)) };
    };

    test('refuses the new roles if they come too late', async () => {
      expect(await acceptedFirst()).toEqual({ outcome: 'invite_settled', ...accepted });
    });
  });

  describe('against deleting the pool of its role', () => {
    const run = async (...others: RoleAssignment[]) => {
      const poolId = await newPool(organization, newEmail('pool'), organization.rootPoolId);
      const invite = await invited([{ role: 'engineer', poolId }, ...others]);
      const params = { ...organization.params, poolId };
      const remove = async () => deletePool(servicesOf(organization.id))(manager(), { params, ...nothing });
      const services = servicesOf(undefined, meanwhile(remove));
      const result = await acceptInvite(services)({ requestId: 'late' }, { ...none, body: { token: invite.token } });
      const { id } = organization;
      const user = result.ok ? await servicesOf(id).table.get(keys.user(id, result.value.userId)) : undefined;
      return { outcome: outcomeOf(result), assignments: user?.assignments, pool: poolId };
    };

    test('it is void if that was its only role, and creates no user', async () => {
      expect(await run()).toMatchObject({ outcome: 'invite_void', assignments: undefined });
    });

    test('it gives its other roles', async () => {
      expect(await run({ role: 'member' })).toMatchObject({ outcome: 'done', assignments: ['member'] });
    });
  });

  describe('against demoting the inviter', () => {
    const demoting = (user: TestMember, by: TestMember) => async () =>
      changeRoles(servicesOf(organization.id))(callerOf(by), {
        params: { ...organization.params, userId: user.userId },
        query: {},
        body: { roles: [{ role: 'member' }] },
      });
    const removing = (user: TestMember) => async () =>
      removeUser(servicesOf(organization.id))(manager(), {
        params: { ...organization.params, userId: user.userId },
        query: { successorId: organization.manager.userId, pendingInvites: 'revoke' },
        body: undefined,
      });

    const run = async (
      loss: 'by another' | 'by themself' | 'by removal',
      roles: RoleAssignment[] = [{ role: 'member' }],
    ) => {
      const inviter = await newMember(stack, organization, [{ role: 'organization_manager' }], 'Ina Inviter');
      const invite = await invited(roles, inviter);
      const happens = {
        'by another': demoting(inviter, organization.manager),
        'by themself': demoting(inviter, inviter),
        'by removal': removing(inviter),
      }[loss];
      const result = await accepting(invite)(servicesOf(undefined, meanwhile(happens)));
      const { userId = '' } = result.ok ? (result.value as { userId: string }) : {};
      const call = { params: { ...organization.params, userId } };
      const reply = userId === '' ? undefined : take(await organization.manager.client.getUser(call));
      return { outcome: outcomeOf(result), invitedBy: reply?.invitedBy?.name };
    };

    test('by another manager, and the inviter is still shown', async () => {
      expect(await run('by another')).toEqual({ outcome: 'done', invitedBy: 'Ina Inviter' });
    });

    test('by another manager, an invite that would create an organization manager is revoked', async () => {
      expect(await run('by another', [{ role: 'organization_manager' }])).toEqual({
        outcome: 'invite_revoked',
        invitedBy: undefined,
      });
    });

    test.each(['by themself', 'by removal'] as const)('%s, the invite is revoked', async (loss) => {
      expect(await run(loss)).toEqual({ outcome: 'invite_revoked', invitedBy: undefined });
    });
  });

  describe('against its expiry', () => {
    /** Reads `readAfter` milliseconds after the last millisecond of the invite, and writes `writeAfter` milliseconds later. */
    const run = async (how: (invite: Invited) => Run, readAfter: number, writeAfter: number) => {
      const invite = await invited();
      const call = { params: { ...organization.params, inviteId: invite.inviteId } };
      const { expiresAt } = take(await organization.manager.client.getInvite(call));
      let time = Date.parse(expiresAt) - 1 + readAfter;
      const services = servicesOf(undefined, (table) => ({
        ...table,
        getEach: (wanted) =>
          table.getEach(wanted).map(async (item, index) => {
            const found = await item;
            if (wanted[index]?.sk === 'organization') time = Date.parse(expiresAt) - 1 + readAfter + writeAfter;
            return found;
          }),
        transact: table.transact,
      }));
      const stopped = { ...services.clock, now: () => new Date(time).toISOString() };
      return outcomeOf(await how(invite)({ ...services, clock: stopped }));
    };
    const ways: [string, (invite: Invited) => Run][] = [
      ['accepting', accepting],
      ['accepting without the link', acceptingMine],
      ['declining', declining],
      ['declining without the link', decliningMine],
    ];

    test.each(ways)('%s in the last millisecond succeeds', async (_, how) => {
      expect(await run(how, 0, 0)).toBe('done');
    });

    test.each(ways)('%s a millisecond later is refused', async (_, how) => {
      expect(await run(how, 1, 0)).toBe('invite_expired');
    });

    test.each(ways)('%s is refused if it begins in time but writes too late', async (_, how) => {
      expect(await run(how, 0, 1)).toBe('invite_expired');
    });
  });

  describe('ten times at once', () => {
    const run = async (how: (invite: Invited, index: number) => Run) => {
      const invite = await invited();
      const users = new Set<string>();
      const noting =
        (accept: Run): Run =>
        async (services) => {
          const result = await accept(services);
          if (result.ok) users.add((result.value as { userId: string }).userId);
          return result;
        };
      const runs = Array.from({ length: 10 }, (_, index) => noting(how(invite, index)));
      const outcomes = await race(asItIs, organization.id, runs);
      return { done: won(outcomes), answered: users.size, listed: (await aftermath(invite)).users.length };
    };
    const byBoth = (invite: Invited, index: number) => (index % 2 ? accepting : acceptingMine)(invite);

    test.each([
      ['by its link', accepting],
      ['by its link and without', byBoth],
    ])('%s creates one user, whom every response names', async (_, how) => {
      expect(await run(how)).toEqual({ done: 10, answered: 1, listed: 1 });
    });
  });
});

describe('invites of two organizations to one new address, accepted at once with two passwords', () => {
  const run = async () => {
    const other = await newOrganization(stack, 'Other');
    const email = newEmail('new');
    const { token } = await inviteByMail(stack, organization, email);
    const tokens = [token, (await inviteByMail(stack, other, email)).token];
    const passwords = ['First-password-1', 'Second-password-2'];
    const set: string[] = [];
    const runs = tokens.map((each, index): Run => (services) => {
      const { directory } = services;
      // This directory does not show which request created an account, so that only the claim decides.
      const forgetful: Services['directory'] = {
        ...directory,
        create: async (account) => ({ ...(await directory.create(account)), mark: account.mark, temporary: true }),
        setPassword: async (personId, secret) => {
          set.push(secret);
          return directory.setPassword(personId, secret);
        },
      };
      const body = { token: each, name: 'Nia New', password: passwords[index] };
      return acceptInvite({ ...services, directory: forgetful })({ requestId: `request-${index}` }, { ...none, body });
    });
    const outcomes = await race(asItIs, organization.id, runs);
    const told = (await stack.mailsTo(email)).filter(({ subject }) => subject === 'Your account was created');
    const person = await stack.signIn(email, set.at(-1));
    const memberships = take(await person.client.listOrganizations({})).items.length;
    return { outcomes, set: set.length, told: told.length, memberships };
  };

  test('create one account with one password, one notice about it, and two memberships', async () => {
    expect(await run()).toEqual({ outcomes: ['done', 'done'], set: 1, told: 1, memberships: 2 });
  });
});

describe('one address', () => {
  test('that is invited twice at the same time gets one invite', async () => {
    const email = newEmail();
    const outcomes: string[] = [];
    const run: Run = async (services) => {
      const result = await inviting([email])(services);
      if (result.ok) outcomes.push((result.value as { results: { outcome: string }[] }).results[0]?.outcome ?? '');
      return result;
    };
    await race(asItIs, organization.id, [run, run]);
    expect(outcomes.toSorted()).toEqual(['already_invited', 'created']);
    expect(await pendingInvitesOf(email)).toBe(1);
  });

  test('that is invited while another invite is corrected to it gets one invite', async () => {
    const email = newEmail();
    const { inviteId } = await inviteByMail(stack, organization, newEmail('wrong'));
    await race(asItIs, organization.id, [inviting([email]), updating({ inviteId }, { email })]);
    expect(await pendingInvitesOf(email)).toBe(1);
  });

  test('that is invited again while its expired invite is resent gets one invite', async () => {
    const email = newEmail();
    const { inviteId } = await inviteByMail(stack, organization, email);
    const afterItsEnd = 8 * 24 * 60 * 60 * second;
    await race(asItIs, organization.id, [inviting([email], afterItsEnd), resending({ inviteId }, afterItsEnd)]);
    expect(await pendingInvitesOf(email, afterItsEnd)).toBe(1);
  });
});

describe('an invite that is resent twice at the same time', () => {
  test('is resent once', async () => {
    const invite = await inviteByMail(stack, organization, newEmail());
    const runs = [resending(invite), resending(invite)];
    expect((await race(asItIs, organization.id, runs)).toSorted()).toEqual(['done', 'too_soon']);
  });
});

describe('an invite that is revoked while it is resent', () => {
  test('stays revoked', async () => {
    const invite = await invited();
    const revoke = () => revoking(invite)(servicesOf(organization.id));
    const result = await resending(invite)(servicesOf(organization.id, meanwhile(revoke)));
    const { status } = await aftermath(invite);
    expect({ outcome: outcomeOf(result), status }).toEqual({ outcome: 'invite_settled', status: 'revoked' });
  });
});

describe('a new invite that is requested five times at the same time', () => {
  test('causes one notice', async () => {
    const { id, manager: inviter } = await newOrganization(stack);
    const email = newEmail('late');
    const { params } = { params: { organizationId: id } };
    const body = { emails: [email], roles: [{ role: 'member' as const }], expiresInDays: 1 };
    take(await inviter.client.inviteUsers({ params, body }));
    const token = await newestToken(stack, email);
    const ask: Run = (services) =>
      requestNewInvite(later(services, 2 * 24 * 60 * 60 * second))({ requestId: 'ask' }, { ...none, body: { token } });
    expect(await race(asItIs, id, [ask, ask, ask, ask, ask])).toEqual(Array(5).fill('done'));
    const { items } = await servicesOf(id).table.query({ pk: `${id}#notices`, limit: 100 });
    expect(items.filter(({ kind }) => kind === 'new_invite_requested')).toHaveLength(1);
  });
});

describe('the daily quota', () => {
  const quota = 50;
  const run = async (addresses: number) => {
    const { id, params, manager: inviter } = await newOrganization(stack);
    const outcomes: string[] = [];
    const runs = Array.from({ length: 4 }, (): Run => async (services) => {
      const result = await inviteUsers({ ...services, settings: { ...services.settings, inviteQuota: quota } })(
        callerOf(inviter),
        {
          params,
          query: {},
          body: {
            emails: Array.from({ length: addresses }, () => newEmail()),
            roles: [{ role: 'member' as const }],
            dryRun: false,
          },
        },
      );
      if (result.ok) outcomes.push(...result.value.results.map(({ outcome }) => outcome));
      return result;
    });
    expect(await race(asItIs, id, runs)).toEqual(Array(4).fill('done'));
    const asked = (await servicesOf(id).table.get(keys.quota(id, dayOf(clock.now()))))?.asked;
    return { asked, created: outcomes.filter((outcome) => outcome === 'created').length, of: outcomes.length };
  };

  test('is used up by calls at the same time, and never exceeded', async () => {
    expect(await run(20)).toEqual({ asked: quota, created: quota, of: 80 });
  });

  // Each call reads before any of them reserves its mails, and then writes its parts in parallel.
  test('is used up by calls with several parts at the same time, and never exceeded', async () => {
    expect(await run(45)).toEqual({ asked: quota, created: quota, of: 180 });
  });
});
