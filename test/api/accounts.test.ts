import { describe, expect, test } from 'vitest';
import { newMember, newOrganization, refusal, take } from '../support/organization.ts';
import { outside } from '../support/outside.ts';
import { remove } from '../support/restores.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();
const directory = outside(stack);

describe('a user whose account was disabled or deleted outside Roster', () => {
  test.each(['disable', 'delete'] as const)('(%s) cannot be a successor', async (change) => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const [leaver, successor] = [await newMember(stack, organization), await newMember(stack, organization)];
    await directory[change](successor);
    expect(refusal(await remove(organization, leaver, successor))).toBe('422 successor_cannot_sign_in');
    const leaving = leaver.client.leaveOrganization({ params, query: { successorId: successor.userId } });
    expect(refusal(await leaving)).toBe('422 successor_cannot_sign_in');
    take(await remove(organization, leaver, manager));
  });

  test.each(['disable', 'delete'] as const)('(%s) is not the manager who remains', async (change) => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const role = [{ role: 'organization_manager' as const }];
    const [other, member] = [await newMember(stack, organization, role), await newMember(stack, organization)];
    await directory[change](other);
    const leave = () =>
      manager.client.leaveOrganization({ params, query: { successorId: member.userId, pendingInvites: 'revoke' } });
    const demote = () =>
      manager.client.changeRoles({
        params: { ...params, userId: manager.userId },
        body: { roles: [{ role: 'member' }] },
      });
    expect(refusal(await leave())).toBe('409 no_manager_can_sign_in');
    expect(refusal(await demote())).toBe('409 no_manager_can_sign_in');
    // With one more manager who can sign in, both work.
    const third = await newMember(stack, organization, role);
    take(await demote());
    take(await remove(organization, other, member, third));
  });
});
