/** Helpers for tests that remove users and restore them. */
import { take, type TestMember, type TestOrganization } from './organization.ts';
import { aUser, plantUsers } from './planted.ts';

export type Named = Pick<TestMember, 'userId'>;
type By = Pick<TestMember, 'client'>;

export const remove = (
  { params, manager }: TestOrganization,
  user: Named,
  successor: Named,
  by: By = manager,
  pendingInvites: 'keep' | 'revoke' = 'keep',
) =>
  by.client.removeUser({
    params: { ...params, userId: user.userId },
    query: { successorId: successor.userId, pendingInvites },
  });

export const restore = ({ params, manager }: TestOrganization, user: Named, by: By = manager, ifMatch?: string) =>
  by.client.restoreUser({ params: { ...params, userId: user.userId } }, ifMatch === undefined ? {} : { ifMatch });

export const userOf = async ({ params, manager }: TestOrganization, { userId }: Named) =>
  take(await manager.client.getUser({ params: { ...params, userId } }));

/** Creates users without an account, who never sign in. */
export const planted = async <const N extends string[]>({ id }: TestOrganization, ...names: N) => {
  const users = names.map((name) => aUser({ name }));
  await plantUsers(id, users);
  return users.map((user): Named => ({ userId: user.id })) as { [K in keyof N]: Named };
};
