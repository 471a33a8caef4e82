import { expect } from 'vitest';
import { acceptInvite } from '../../shared/invites/accept-invite.ts';
import { acceptanceRoutes } from '../../shared/invites/acceptance-routes.ts';
import { inviteRoutes } from '../../shared/invites/invite-routes.ts';
import { inviteUsers } from '../../shared/invites/invite-users.ts';
import { updateInvite } from '../../shared/invites/update-invite.ts';
import { workOnInvite } from '../../shared/invites/work-on-invite.ts';
import { createOrganization } from '../../shared/organizations/create-organization.ts';
import { isOrganizationManager, type RoleAssignment } from '../../shared/roles/role.ts';
import { changeRoles as changeRolesOperation } from '../../shared/users/change-roles.ts';
import { pendingInvitesDefault } from '../../shared/users/inviter.ts';
import { getMyUser } from '../../shared/users/get-my-user.ts';
import { userRoutes } from '../../shared/users/user-routes.ts';
import { answer, type Asking } from './answer.ts';
import {
  assign,
  emptyModel,
  join,
  livingRoles,
  passInvites,
  replaceInvites,
  userOf,
  type Model,
  type ModelInvite,
} from './model.ts';
import {
  standingOfAddress,
  unlessOrganizationManager,
  whyNotAccept,
  whyNotChangeRoles,
  whyNotReviseInvite,
  whyNotRoles,
  type Refusal,
} from './refusals.ts';
import { personIdOf } from './persons.ts';
import { ask } from './asking.ts';
import type { World } from './world.ts';

/*
 * What can be asked about people: each asks the product, holds the answer against the model, and changes the model alike.
 * Each returns the refusal that was due.
 */

export const beginOrganization = async (world: World, email: string, name: string): Promise<Model> => {
  const personId = personIdOf(email);
  const made = await ask(world, undefined, personId, createOrganization, { params: {}, query: {}, body: { name } });
  if (!made.ok) throw new Error(made.error.code);
  const model = emptyModel(made.value.id, made.value.rootPoolId);
  const asking = { world, model, by: personId };
  const params = { organizationId: model.organizationId };
  const me = await answer(asking, userRoutes.getMyUser, getMyUser, undefined, { params, query: {}, body: undefined });
  join(model, { id: me?.id ?? '', personId, email, roles: [{ role: 'organization_manager' }] });
  assign(model, 'pool', model.rootPoolId, me?.id ?? '');
  return model;
};

export const invite = async (asking: Asking, email: string, roles: RoleAssignment[]): Promise<Refusal> => {
  const { world, model, by } = asking;
  const { organizationId } = model;
  const actor = userOf(model, by);
  const refusal = unlessOrganizationManager(actor) ?? whyNotRoles(model, roles);
  const done = await answer(asking, inviteRoutes.inviteUsers, inviteUsers, refusal, {
    params: { organizationId },
    query: {},
    body: { emails: [email], roles, dryRun: false },
  });
  if (!done || !actor) return refusal;
  const standing = standingOfAddress(model, email);
  expect(done.summary).toEqual({
    [{ member: 'already_member', invited: 'already_invited', free: 'created' }[standing]]: 1,
  });
  const id = done.results[0]?.invite?.id;
  if (id === undefined) return refusal;
  await workOnInvite(world.work, organizationId, id);
  const link = world.mails.flatMap(({ text }) => /#(\S+)/.exec(text)?.[1] ?? []).find((each) => each.includes(id));
  replaceInvites(model, email, 'revoked');
  model.invites.set(id, { id, email, roles, status: 'pending', answeredBy: actor.id, link });
  return refusal;
};

export const accept = async (asking: Asking, invited: ModelInvite): Promise<Refusal> => {
  const { world, model } = asking;
  const { email, link: token = '' } = invited;
  const refusal = whyNotAccept(model, world.persons, invited);
  const input = { params: {}, query: {}, body: { token } };
  const done = await answer(asking, acceptanceRoutes.acceptInvite, acceptInvite, refusal, input);
  if (!done) return refusal;
  if (invited.status === 'pending') {
    join(model, {
      id: done.userId,
      personId: world.persons.holderOf(email) ?? '',
      email,
      roles: livingRoles(model, invited.roles),
    });
    invited.status = 'accepted';
    invited.userId = done.userId;
  }
  expect(done).toEqual({ organizationId: model.organizationId, userId: invited.userId, email });
  return refusal;
};

export const reviseInvite = async (asking: Asking, invited: ModelInvite, roles: RoleAssignment[]): Promise<Refusal> => {
  const { world, model, by } = asking;
  const refusal = unlessOrganizationManager(userOf(model, by)) ?? whyNotReviseInvite(model, invited, roles);
  const params = { organizationId: model.organizationId, inviteId: invited.id };
  const done = await answer(asking, inviteRoutes.updateInvite, updateInvite, refusal, {
    params,
    query: {},
    body: { roles },
  });
  if (!done) return refusal;
  invited.roles = roles;
  expect(done.status).toBe('pending');
  await workOnInvite(world.work, model.organizationId, invited.id);
  return refusal;
};

export const changeRoles = async (asking: Asking, userId: string, roles: RoleAssignment[]): Promise<Refusal> => {
  const { world, model, by } = asking;
  const actor = userOf(model, by);
  const refusal = unlessOrganizationManager(actor) ?? whyNotChangeRoles(model, world.persons, userId, roles);
  const done = await answer(asking, userRoutes.changeRoles, changeRolesOperation, refusal, {
    params: { organizationId: model.organizationId, userId },
    query: {},
    body: { roles },
  });
  const user = model.users.get(userId);
  if (!done || !user) return refusal;
  if (isOrganizationManager(user.roles) && !isOrganizationManager(roles))
    passInvites(model, userId, user === actor ? undefined : actor?.id, pendingInvitesDefault);
  user.roles = roles;
  return refusal;
};
