/** Helpers for tests that remove users and restore them. */
import { insertMember, take, type TestMember, type TestOrganization } from './organization.ts';

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

/** The roles of a user, such as `engineer Web`. */
export const rolesOf = async (organization: TestOrganization, user: Named): Promise<string[]> =>
  (await userOf(organization, user)).roles.map(({ role, poolName }) =>
    poolName === undefined ? role : `${role} ${poolName}`,
  );

/** Creates users with accounts, who never sign in. */
export const planted = async <const N extends string[]>(organization: TestOrganization, ...names: N) => {
  const users: Named[] = [];
  for (const name of names) users.push({ userId: (await insertMember(organization, undefined, { name })).id });
  return users as { [K in keyof N]: Named };
};
