import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { RoleAssignment } from '../../shared/roles/role.ts';
import { keys } from '../../shared/table/keys.ts';
import { parseUser, type User } from '../../shared/users/user.ts';
import { clock } from './clock.ts';
import { servicesOf } from './operations.ts';
import { aUser, plantPools, plantUsers, tableFor } from './planted.ts';
import { password, type SignedIn, type TestStack } from './stack.ts';

/** A signed-in user of an organization. */
export interface TestMember extends SignedIn {
  userId: string;
}

export interface TestOrganization {
  id: string;
  rootPoolId: string;
  params: { organizationId: string };
  manager: TestMember;
}

/** The value of a reply that must have succeeded. */
export const take = <T>(reply: { ok: true; value: T } | { ok: false; problem: object }): T => {
  if (!reply.ok) expect.unreachable(`The API refused: ${JSON.stringify(reply.problem)}`);
  return reply.value;
};

/** Status and code of a reply that must have been refused. */
export const refusal = (
  reply: { ok: true; value: unknown } | { ok: false; problem: { status: number; code: string } },
): string => {
  if (reply.ok) expect.unreachable(`The API accepted: ${JSON.stringify(reply.value)}`);
  return `${reply.problem.status} ${reply.problem.code}`;
};

let count = 0;

/** An email address that has not been used before. */
export const newEmail = (name = 'person'): string => `${name}.${(count += 1)}.${randomUUID().slice(0, 8)}@example.com`;

/** A new organization and the person who created it. */
export const newOrganization = async (stack: TestStack, name = 'Acme'): Promise<TestOrganization> => {
  const person = await stack.newPerson(newEmail('manager'), 'Mara Manager');
  const { id, rootPoolId } = take(await person.client.createOrganization({ body: { name } }));
  const params = { organizationId: id };
  const me = take(await person.client.getMyUser({ params }));
  return { id, rootPoolId, params, manager: { ...person, userId: me.id } };
};

/** Invites an address and returns the token of the newest mail to it. */
export const inviteByMail = async (
  stack: TestStack,
  { params, manager }: TestOrganization,
  email: string,
  roles: RoleAssignment[] = [{ role: 'member' }],
): Promise<{ inviteId: string; token: string }> => {
  const { results } = take(await manager.client.inviteUsers({ params, body: { emails: [email], roles } }));
  return { inviteId: results[0]?.invite?.id ?? '', token: await newestToken(stack, email) };
};

export const newestToken = async (stack: TestStack, email: string): Promise<string> => {
  const mails = await stack.mailsTo(email);
  const tokens = mails.flatMap(({ body }) => /#(\S+)/.exec(body.text)?.[1] ?? []);
  return tokens.at(-1) ?? expect.unreachable(`No mail with a link came to ${email}`);
};

/** The token of the link for blocking in the newest email to an address. It is the last link. */
export const newestBlockToken = async (stack: TestStack, email: string): Promise<string> => {
  const mail = (await stack.mailsTo(email)).at(-1);
  const token = [...(mail?.body.text ?? '').matchAll(/#(\S+)/g)].at(-1)?.[1];
  if (token === undefined) throw new Error(`No email to ${email} has a link`);
  return token;
};

/** A user who was invited with these roles by mail, accepted and signed in. Tests that are not about invites use `newMember`. */
export const invitedMember = async (
  stack: TestStack,
  organization: TestOrganization,
  roles: RoleAssignment[] = [{ role: 'member' }],
  name = 'Ben Member',
): Promise<TestMember> => {
  const email = newEmail('member');
  const { token } = await inviteByMail(stack, organization, email, roles);
  const { userId } = take(await stack.anybody.acceptInvite({ body: { token, name, password } }));
  return { ...(await stack.signIn(email)), userId };
};

/** Writes a user directly to the table. If no person is given, the user gets an account without a password. */
export const insertMember = async (
  { id, manager }: TestOrganization,
  assignments: RoleAssignment[] = [{ role: 'member' }],
  given: Partial<Pick<User, 'email' | 'name' | 'personId'>> = {},
): Promise<User> => {
  const inviter = parseUser(await tableFor(id).get(keys.user(id, manager.userId)));
  const { email = newEmail('member'), name = 'Ben Member' } = given;
  const { directory } = servicesOf(undefined);
  const personId = given.personId ?? (await directory.create({ email, name, mark: 'test' })).personId;
  const user = aUser({
    email,
    name,
    personId,
    assignments,
    invitedBy: { id: inviter.id, name: inviter.name },
    joinedAt: clock.now(),
  });
  await plantUsers(id, [user]);
  return user;
};

/** A signed-in user with an account. There is no invite, because `insertMember` writes the user directly to the table. */
export const newMember = async (
  stack: TestStack,
  organization: TestOrganization,
  roles: RoleAssignment[] = [{ role: 'member' }],
  name = 'Ben Member',
): Promise<TestMember> => {
  const person = await stack.newPerson(newEmail('member'), name);
  const { email, personId } = person;
  const { id: userId } = await insertMember(organization, roles, { email, name, personId });
  return { ...person, userId };
};

export const newPool = async (
  { params, manager }: TestOrganization,
  name: string,
  parentId: string,
  defaultOwnerId?: string,
): Promise<string> => {
  const body = { name, parentId, ...(defaultOwnerId !== undefined && { defaultOwnerId }) };
  return take(await manager.client.createPool({ params, body })).id;
};

/** Writes pools that the manager owns directly to the table. Returns their ids. */
export const insertPools = ({ id, manager }: TestOrganization, names: string[], parentId: string): Promise<string[]> =>
  plantPools(id, names, { parentId, holderId: manager.userId });

type Resource = Parameters<TestMember['client']['createResource']>[0]['body'];

/** Creates a resource in a pool. Returns it as the API shows it. */
export const newResource = async (
  { params, manager }: TestOrganization,
  poolId: string,
  given: Partial<Omit<Resource, 'poolId'>> = {},
) => {
  const body = { name: 'Server', type: 'vm', poolId, ...given };
  return take(await manager.client.createResource({ params, body }));
};

interface Page<T> {
  items: T[];
  nextCursor?: string | undefined;
}

/** All items of a list, page after page. */
export const everyPage = async <T>(
  read: (cursor: { cursor?: string }) => Promise<{ ok: true; value: Page<T> } | { ok: false; problem: object }>,
): Promise<T[]> => {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = take(await read(cursor === undefined ? {} : { cursor }));
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return items;
};

/** The errors of the fields of a refused request: `/name too_big`. */
export const wrongFields = (
  reply: { ok: true; value: unknown } | { ok: false; problem: { errors?: { pointer: string; code: string }[] } },
): string[] => {
  if (reply.ok) expect.unreachable(`The API accepted: ${JSON.stringify(reply.value)}`);
  return (reply.problem.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`);
};
