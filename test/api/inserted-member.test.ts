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
 * Most tests insert their members instead of inviting them. One organization invites somebody who accepts, the other one inserts
 * somebody, and what was written is compared, item for item.
 */
const stack = useStack();

/** What differs between any two members, by the word that replaces it. */
type Names = Record<string, string>;

/** The items that something writes, by their keys, with the same words for each organization and member. */
const itemsWritten = async (write: () => Promise<Names>): Promise<Record<string, unknown>> => {
  const before = await everyItem(stack);
  const names = await write();
  const after = await everyItem(stack);
  const inGeneral = (text: string): string =>
    Object.entries(names)
      .reduce((replaced, [word, name]) => replaced.replaceAll(name, word), text)
      .replaceAll(/\b(evt|inv)_\w+/g, '$1')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'instant')
      .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'request');
  return Object.fromEntries(
    changesOf(before, after).map((key) => [inGeneral(key), JSON.parse(inGeneral(JSON.stringify(after[key])))]),
  );
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
])('%s who is inserted is item for item one who accepted an invite', async (_, rolesOn) => {
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
    const user = await insertMember(stack, inserting, rolesOn(ourPool), { name: 'Ada King Lovelace' });
    return { ...namesOf(inserting, ourPool), USER: user.id, PERSON: user.personId, EMAIL: user.email };
  });

  // The invite itself, and how many requests came from this source, are nothing of the member's.
  const others = Object.keys(accepted).filter(
    (key) => key.startsWith('ORGANIZATION#invites ') || key.startsWith('source#'),
  );
  expect(others).toHaveLength(2);
  const ofJoining = Object.fromEntries(Object.entries(accepted).filter(([key]) => !others.includes(key)));
  expect(Object.keys(ofJoining)).toContain('ORGANIZATION#user#USER user');
  expect(inserted).toEqual(ofJoining);
});
