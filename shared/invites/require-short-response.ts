import { inviteRepeatedBytesMax, inviteRolesTotalMax } from '../limits.ts';
import { fail, ok, type Result } from '../result.ts';
import type { PoolTree } from '../roles/pool-tree.ts';
import type { RoleAssignment } from '../roles/role.ts';
import { answeredBytes } from '../text.ts';
import { roleViews } from '../users/user-view.ts';
import { inviteesOf, inviteesPointer, type InviteBody } from './invitees.ts';

/** Refuses a request whose response would be too long for Lambda, because it repeats many roles for many addresses. */
export const requireShortResponse = (body: InviteBody, tree: PoolTree): Result<void> => {
  const tooBig = (detail: string, field: string) =>
    fail('invalid_request', detail, { errors: [{ pointer: inviteesPointer(body), code: 'too_big', detail: field }] });
  const sets = inviteesOf(body).map(({ roles }) => roles);
  if (sumOf(sets, (roles) => roles.length) > inviteRolesTotalMax)
    return tooBig(
      `At most ${inviteRolesTotalMax} roles in all: invite fewer addresses at a time.`,
      `Roles of all addresses: at most ${inviteRolesTotalMax}.`,
    );
  const bytesOf = rememberLengths((roles) => answeredBytes(JSON.stringify([roleViews(roles, tree), body.message])));
  return sumOf(sets, bytesOf) > inviteRepeatedBytesMax
    ? tooBig(
        'The response would be too long: invite fewer addresses at a time.',
        `Roles and messages in the response: at most ${inviteRepeatedBytesMax} bytes.`,
      )
    : ok(undefined);
};

const sumOf = <T>(all: readonly T[], sizeOf: (each: T) => number): number =>
  all.reduce((sum, each) => sum + sizeOf(each), 0);

/** Computes the length of each set of roles once, because a request usually gives the same set to all. */
const rememberLengths = (lengthOf: (roles: RoleAssignment[]) => number) => {
  const lengths = new Map<RoleAssignment[], number>();
  return (roles: RoleAssignment[]): number => {
    const length = lengths.get(roles) ?? lengthOf(roles);
    lengths.set(roles, length);
    return length;
  };
};
