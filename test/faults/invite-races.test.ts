import { describe, expect, test } from 'vitest';
import { removeUser } from '../../shared/handover/remove-user.ts';
import { acceptInvite } from '../../shared/invites/accept-invite.ts';
import { declineInvite } from '../../shared/invites/decline-invite.ts';
import { inviteUsers } from '../../shared/invites/invite-users.ts';
import { revokeInvite } from '../../shared/invites/revoke-invite.ts';
import { meeting } from '../support/guards.ts';
import { actorOf, servicesOf } from '../support/operations.ts';
import { inviteByMail, newEmail, newMember, newOrganization } from '../support/organization.ts';
import { asItIs, meanwhile, race, without, won, type Change } from '../support/races.ts';
import { password, useStack } from '../support/stack.ts';

/**
 * Each race is run twice: as it is, where one wins, and with its guard taken out, where the promise breaks. Both sides have
 * read before either writes.
 */
const stack = useStack();

describe('an invite', () => {
  const settleAtOnce = async (change: Change) => {
    const organization = await newOrganization(stack);
    const { token, inviteId } = await inviteByMail(stack, organization, await existingAccount());
    const actor = await actorOf(organization.id, organization.manager);
    const params = { ...organization.params, inviteId };
    const outcomes = await race(change, organization.id, [
      (services) =>
        acceptInvite(services)({ requestId: 'accept' }, { params: {}, query: {}, body: { token, password } }),
      (services) => declineInvite(services)({ requestId: 'decline' }, { params: {}, query: {}, body: { token } }),
      (services) => revokeInvite(services)(actor, { params, query: {}, body: undefined }),
    ]);
    return won(outcomes);
  };
  /** So that accepting writes once only. */
  const existingAccount = async () => (await stack.newPerson(newEmail())).email;

  test('accepted, declined and revoked at once ends one way', async () => {
    expect(await settleAtOnce(asItIs)).toBe(1);
  });

  test('without the guards it ends more than one way', async () => {
    expect(await settleAtOnce(without('settled', 'again'))).toBeGreaterThan(1);
  });

  test.each([
    ['is not accepted once its inviter is no organization manager any more', asItIs, false],
    ['without the guard it is', without('again'), true],
  ])('%s', async (_, change, accepted) => {
    const organization = await newOrganization(stack);
    const inviter = await newMember(stack, organization, [{ role: 'organization_manager' }]);
    const { token } = await inviteByMail(stack, { ...organization, manager: inviter }, await existingAccount());
    const actor = await actorOf(organization.id, organization.manager);
    const remove = () =>
      removeUser(servicesOf(organization.id))(actor, {
        params: { ...organization.params, userId: inviter.userId },
        query: { successorId: organization.manager.userId, pendingInvites: 'revoke' },
        body: undefined,
      });
    const services = servicesOf(undefined, meanwhile(remove, change));
    const result = await acceptInvite(services)(
      { requestId: 'late' },
      { params: {}, query: {}, body: { token, password } },
    );
    expect(result.ok).toBe(accepted);
    if (!result.ok) expect(result.error.code).toBe('invite_revoked');
  });
});

describe('one address invited twice at once', () => {
  const inviteTwice = async (change: Change) => {
    const organization = await newOrganization(stack);
    const actor = await actorOf(organization.id, organization.manager);
    const email = newEmail();
    const meet = meeting(2);
    const invite = async () => {
      const services = servicesOf(organization.id, (table) => change(meet(table)));
      const body = { emails: [email], roles: [{ role: 'member' as const }], dryRun: false };
      const result = await inviteUsers(services)(actor, { params: organization.params, query: {}, body });
      return result.ok ? result.value.results[0]?.outcome : undefined;
    };
    return (await Promise.all([invite(), invite()])).toSorted();
  };

  test('makes one invite', async () => {
    expect(await inviteTwice(asItIs)).toEqual(['already_invited', 'created']);
  });

  test('without the guard makes two', async () => {
    expect(await inviteTwice(without('again'))).toEqual(['created', 'created']);
  });
});
