import type { Input } from '../api/route.ts';
import { inviteAddressesPerTransaction, inviteOwnRolesPerTransaction } from '../limits.ts';
import type { NamedRoles } from '../roles/known-pools.ts';
import { sameAssignments, type RoleAssignment } from '../roles/role.ts';
import type { inviteRoutes } from './invite-routes.ts';
import { sortAddresses, type SortedAddress } from './sort-addresses.ts';

export type InviteBody = Input<typeof inviteRoutes.inviteUsers>['body'];

/** An address that a request invites, and the roles that it will get. */
export interface Invitee extends SortedAddress {
  roles: RoleAssignment[];
  /** Whether these are other roles than the common ones of the request. Only then does the audit event list them. */
  hasOwnRoles: boolean;
}

/** The invitees in the order of the request. Of several with equal addresses, only the first is invited, with its roles. */
export const inviteesOf = (body: InviteBody): Invitee[] => {
  const { emails = [], invitees = emails.map((email) => ({ email, roles: undefined })), roles: common = [] } = body;
  const sorted = sortAddresses(invitees.map(({ email }) => email));
  return sorted.map((address, index) => {
    const { roles = common } = invitees[index] ?? {};
    return { ...address, roles, hasOwnRoles: roles !== common && !sameAssignments(roles, common) };
  });
};

/** The JSON Pointer to the field in which a request lists whom it invites. */
export const inviteesPointer = ({ invitees }: InviteBody): string => (invitees ? '/invitees' : '/emails');

/** All roles in a request, with their JSON Pointers. */
export const rolesNamedIn = ({ invitees = [], roles = [] }: InviteBody): NamedRoles[] => [
  { assignments: roles, pointer: '/roles' },
  ...invitees.map((each, index) => ({ assignments: each.roles ?? [], pointer: `/invitees/${index}/roles` })),
];

/** The number of invitees at the start of the list that one transaction can invite. */
export const inviteesPerTransaction = (invitees: readonly Pick<Invitee, 'roles' | 'hasOwnRoles'>[]): number => {
  let ownRoles = 0;
  const tooMany = invitees.findIndex(({ roles, hasOwnRoles }) => {
    if (hasOwnRoles) ownRoles += roles.length;
    return ownRoles > inviteOwnRolesPerTransaction;
  });
  return Math.min(inviteAddressesPerTransaction, tooMany < 0 ? invitees.length : tooMany);
};
