import { expect, test } from 'vitest';
import type { RoleAssignment } from '../../shared/roles/role.ts';
import {
  insertMember,
  inviteByMail,
  newEmail,
  newOrganization,
  newPool,
  take,
  type TestOrganization,
} from '../support/organization.ts';
import { useStack } from '../support/stack.ts';
import { changesOf, everyItem } from '../support/table-items.ts';

/**
 * Most tests insert members directly into the table instead of inviting them. This test shows that both ways write the same
 * items: it invites a member to one organization, inserts a member into another, and compares the items.
 */
const stack = useStack();

/** Values that differ between organizations and members, by the placeholder that replaces each of them. */
type Names = Record<string, string>;

/** The items that `write` writes, by their keys, with placeholders for all values that differ between two runs. */
const itemsWritten = async (write: () => Promise<Names>): Promise<Record<string, unknown>> => {
  const before = await everyItem(stack);
  const names = await write();
  const after = await everyItem(stack);
  const inGeneral = (text: string): string =>
    Object.entries(names)
      .reduce((replaced, [word, name]) => replaced.replaceAll(name, word), text)
      .replaceAll(/\b(evt|inv)_\w+/g, '$1')
      .replaceAll(/"j":\d+/g, '"j":0')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'instant')
      .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'request');
  // The totals item is excluded, because the worker writes it some time later, whichever way a member joined.
  const keys = changesOf(before, after).filter((key) => !key.endsWith('#totals totals'));
  return Object.fromEntries(keys.map((key) => [inGeneral(key), JSON.parse(inGeneral(JSON.stringify(after[key])))]));
};

const namesOf = ({ id, rootPoolId, manager }: TestOrganization, poolId: string): Names => ({
  POOL: poolId,
  ROOT: rootPoolId,
  MANAGER: manager.userId,
  ORGANIZATION: id,
});

test.each<[string, (poolId: string) => RoleAssignment[]]>([
  ['a member', () => [{ role: 'member' }]],
  ['an organization manager', () => [{ role: 'organization_manager' }]],
  ['somebody with several roles', (poolId) => [{ role: 'manager', poolId }, { role: 'member' }]],
])('inserting %s writes the same items as accepting an invite', async (_, rolesOn) => {
  const [inviting, inserting] = [await newOrganization(stack), await newOrganization(stack)];
  const [theirPool, ourPool] = [
    await newPool(inviting, 'Web', inviting.rootPoolId),
    await newPool(inserting, 'Web', inserting.rootPoolId),
  ];

  const { personId, email } = await stack.newPerson(newEmail('joiner'), 'Ada King Lovelace');
  const { token } = await inviteByMail(stack, inviting, email, rolesOn(theirPool));
  const accepted = await itemsWritten(async () => {
    const { userId } = take(await stack.anybody.acceptInvite({ body: { token } }));
    await stack.drain();
    return { ...namesOf(inviting, theirPool), USER: userId, PERSON: personId, EMAIL: email };
  });
  const inserted = await itemsWritten(async () => {
    const user = await insertMember(inserting, rolesOn(ourPool), { name: 'Ada King Lovelace' });
    return { ...namesOf(inserting, ourPool), USER: user.id, PERSON: user.personId, EMAIL: user.email };
  });

  // Only an invited member has an invite and counted requests of a source address. Neither belongs to the membership.
  const others = Object.keys(accepted).filter(
    (key) => key.startsWith('ORGANIZATION#invites ') || key.startsWith('source#'),
  );
  expect(others).toHaveLength(2);
  const ofJoining = Object.fromEntries(Object.entries(accepted).filter(([key]) => !others.includes(key)));
  expect(Object.keys(ofJoining)).toContain('ORGANIZATION#user#USER user');
  expect(inserted).toEqual(ofJoining);
});
