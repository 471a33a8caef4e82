import { expect } from 'vitest';
import { leaveOrganization, removeUser } from '../../shared/handover/remove-user.ts';
import { restoreUser } from '../../shared/handover/restore-user.ts';
import { userRoutes } from '../../shared/users/user-routes.ts';
import { doDueWork } from '../../shared/worker/do-due-work.ts';
import { answer, type Asking } from './answer.ts';
import { assetsOf, giveBack, handOver, replaceInvites, userOf, type Model } from './model.ts';
import {
  unlessMember,
  unlessOrganizationManager,
  whyNotHandOver,
  whyNotRestore,
  type HandOver,
  type Refusal,
} from './refusals.ts';
import type { World } from './world.ts';

/* What can be asked about who goes and comes back, in the way of joining.ts. */

export const remove = async (asking: Asking, wanted: HandOver): Promise<Refusal> => {
  const { world, model, by } = asking;
  const { leaverId, successorId, pendingInvites } = wanted;
  const actor = userOf(model, by);
  const refusal = unlessOrganizationManager(actor) ?? whyNotHandOver(model, world.persons, actor, wanted);
  const done = await answer(asking, userRoutes.removeUser, removeUser, refusal, {
    params: { organizationId: model.organizationId, userId: leaverId },
    query: { successorId, pendingInvites },
    body: undefined,
  });
  if (done) removed(model, actor?.id, wanted, done);
  return refusal;
};

export const leave = async (asking: Asking, wanted: Omit<HandOver, 'leaverId'>): Promise<Refusal> => {
  const { world, model, by } = asking;
  const actor = userOf(model, by);
  const handing = { ...wanted, leaverId: actor?.id ?? '' };
  const refusal = unlessMember(actor) ?? whyNotHandOver(model, world.persons, actor, handing);
  const done = await answer(asking, userRoutes.leaveOrganization, leaveOrganization, refusal, {
    params: { organizationId: model.organizationId },
    query: wanted,
    body: undefined,
  });
  if (done) removed(model, actor?.id, handing, done);
  return refusal;
};

type Removal = NonNullable<Awaited<ReturnType<typeof answer<typeof userRoutes.removeUser>>>>;

/** Asked again of somebody who was removed already, a removal is answered alike and changes nothing. */
const removed = (model: Model, actorId: string | undefined, wanted: HandOver, done: Removal): void => {
  const { leaverId, successorId, pendingInvites } = wanted;
  const [leaver, successor] = [model.users.get(leaverId), model.users.get(successorId)];
  if (!leaver || !successor) throw new Error('A removal has two sides');
  const pools = assetsOf(model, leaver).filter(([, { kind }]) => kind === 'pool');
  expect(done).toMatchObject({
    user: { id: leaverId, status: 'removed', successorId },
    successor: { id: successorId },
    takenOver: { pools: pools.length },
  });
  if (!leaver.active) return;
  const keeper = actorId === leaverId ? successorId : actorId;
  handOver(model, leaver, successor, keeper, pendingInvites);
};

export const restore = async (asking: Asking, userId: string): Promise<Refusal> => {
  const { model, by } = asking;
  const refusal = unlessOrganizationManager(userOf(model, by)) ?? whyNotRestore(model, userId);
  const done = await answer(asking, userRoutes.restoreUser, restoreUser, refusal, {
    params: { organizationId: model.organizationId, userId },
    query: {},
    body: undefined,
  });
  const user = model.users.get(userId);
  if (!done || !user) return refusal;
  expect(done).toMatchObject({ id: userId, status: 'active' });
  if (!user.active) {
    giveBack(model, user);
    replaceInvites(model, user.email, 'already_member');
  }
  return refusal;
};

/** What a run of the worker does is seen by nobody, but for sessions: they end with a person's last organization. */
export const work = async (world: World, models: readonly Model[]): Promise<void> => {
  expect((await doDueWork(world.work)).faults).toEqual([]);
  const stillHere = world.takeSignedOut().filter((personId) => models.some((model) => userOf(model, personId)));
  expect(stillHere, 'persons whose sessions ended although they belong to an organization').toEqual([]);
};
