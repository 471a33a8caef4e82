import { describe, expect, test } from 'vitest';
import type { Member } from '../../shared/actor.ts';
import { managersLookedUpMax } from '../../shared/limits.ts';
import type { Account, Directory } from '../../shared/ports.ts';
import { keys } from '../../shared/table/keys.ts';
import type { Table } from '../../shared/table/table.ts';
import type { Item } from '../../shared/table/write.ts';
import { requireRemainingManager } from '../../shared/users/remaining-manager.ts';
import { entryItem } from '../../shared/users/user-entries.ts';
import { userItem, type User } from '../../shared/users/user.ts';
import { aManager, aUser } from '../support/planted.ts';

const organizationId = 'org_1';

/** Runs the decision in an organization with these managers. `working`: those whose accounts can sign in. */
const decide = async (managers: User[], working: User[], leaver: User, by: User, more: Partial<Member> = {}) => {
  const asked: string[] = [];
  const account = { enabled: true } as Account;
  const directory = {
    findByPersonId: async (personId: string) => {
      asked.push(personId);
      return working.some((user) => user.personId === personId) ? account : undefined;
    },
  } as unknown as Directory;
  const byRole: Item[] = managers.map((user) =>
    entryItem(keys.userByRole(organizationId, 'organization_manager', user.name, user.id), user),
  );
  const table = {
    query: async () => ({ items: byRole }),
    batchGet: async (wanted: { pk: string }[]) =>
      wanted.map(({ pk }) => managers.map((user) => userItem(organizationId, user)).find((item) => item.pk === pk)),
  } as unknown as Table;
  const actor = {
    userId: by.id,
    personId: by.personId,
    assignments: by.assignments,
    organization: { id: organizationId, managerCount: managers.length },
    ...more,
  } as Member;
  const result = await requireRemainingManager({ table, directory }, actor, leaver, []);
  return { result: result.ok ? result.value.map(({ key }) => key.pk) : result.error.code, asked };
};

const condition = ({ id }: User) => [keys.user(organizationId, id).pk];

describe('when a manager goes', () => {
  const [actor, leaver, other, third] = [aManager(), aManager(), aManager(), aManager()];
  const all = [actor, leaver, other, third];

  test('the acting manager remains, which one look-up shows', async () => {
    expect(await decide(all, all, leaver, actor)).toEqual({ result: [], asked: [actor.personId] });
  });

  test('the write is conditional on the manager who was found, if the acting manager cannot sign in', async () => {
    expect(await decide(all, [third], leaver, actor)).toEqual({
      result: condition(third),
      asked: [actor, other, third].map(({ personId }) => personId),
    });
  });

  test('the one who goes does not count, whether they act themselves or not', async () => {
    expect((await decide(all, [leaver], leaver, actor)).result).toBe('no_manager_can_sign_in');
    expect(await decide(all, [leaver], leaver, leaver)).toEqual({
      result: 'no_manager_can_sign_in',
      asked: [actor, other, third].map(({ personId }) => personId),
    });
  });

  test('a service account that acts as a manager does not count', async () => {
    const machine = { ...aManager(), id: 'svc_1' };
    const { result, asked } = await decide([leaver, other], [machine], leaver, machine, { serviceAccount: true });
    expect([result, asked]).toEqual(['no_manager_can_sign_in', [other.personId]]);
  });

  test('a user who was a manager in an outdated list entry does not count', async () => {
    const former = aUser();
    expect((await decide([leaver, former], [former], leaver, leaver)).result).toBe('no_manager_can_sign_in');
  });

  test('those who most probably can sign in are looked up first', async () => {
    const away = aManager({
      account: { state: 'disabled', since: '2026-11-01T09:00:00.000Z' },
      lastSeenAt: '2026-11-20',
    });
    const [longAgo, lately] = [aManager({ lastSeenAt: '2026-10-01' }), aManager({ lastSeenAt: '2026-11-19' })];
    const { asked } = await decide([leaver, away, longAgo, lately], [], leaver, leaver);
    expect(asked).toEqual([lately, longAgo, away].map(({ personId }) => personId));
  });

  test('the number of look-ups is limited', async () => {
    const many = [actor, leaver, ...Array.from({ length: 30 }, () => aManager())];
    for (const by of [actor, leaver])
      expect((await decide(many, [], leaver, by)).asked).toHaveLength(managersLookedUpMax);
  });

  test('the last one is refused without a look-up', async () => {
    expect(await decide([leaver], [leaver], leaver, leaver)).toEqual({
      result: 'last_organization_manager',
      asked: [],
    });
  });
});
