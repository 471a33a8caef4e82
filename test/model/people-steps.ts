import * as fc from 'fast-check';
import {
  asker,
  by,
  called,
  choose,
  invitee,
  number,
  pendingInvites,
  role,
  rolesFor,
  successor,
  user,
  userFor,
  whom,
} from './choices.ts';
import { changeOutside, lookUp, outsideChanges } from './accounts.ts';
import { accept, changeRoles, invite, reviseInvite } from './joining.ts';
import { leave, remove, restore } from './leaving.ts';
import { step } from './step.ts';

export const peopleSteps = {
  invite: step('invite', fc.record({ asker, invitee, role }), async (scene, choice) => {
    const actor = userFor(scene, choice.asker);
    const { known, name } = choice.invitee;
    const email = known ? userFor(scene, known).email : `${name}@example.com`;
    const refusal = await invite(by(scene, actor), email, rolesFor(scene, [choice.role]));
    return { what: `${email} by ${called(actor)}`, refusal, touched: [actor.id] };
  }),
  accept: step('accept', fc.record({ invite: number, settled: fc.boolean() }), async (scene, choice) => {
    const links = [...scene.model.invites.values()].filter(({ link }) => link !== undefined);
    const { pending = [], settled = [] } = Object.groupBy(links, ({ status }) =>
      status === 'pending' ? 'pending' : 'settled',
    );
    const invited = choose(pending.length > 0 && !choice.settled ? pending : settled, choice.invite);
    if (!invited) return { what: 'nothing' };
    const refusal = await accept({ ...scene, by: 'anybody' }, invited);
    return { what: `${invited.id} of ${invited.email}`, refusal, touched: [invited.answeredBy] };
  }),
  reviseInvite: step(
    'revise invite',
    fc.record({ asker, invite: number, roles: fc.array(role, { minLength: 1, maxLength: 2 }) }),
    async (scene, choice) => {
      const actor = userFor(scene, choice.asker);
      const invited = choose([...scene.model.invites.values()], choice.invite);
      if (!invited) return { what: 'nothing' };
      const refusal = await reviseInvite(by(scene, actor), invited, rolesFor(scene, choice.roles));
      return { what: `${invited.id} of ${invited.email}, by ${called(actor)}`, refusal, touched: [invited.answeredBy] };
    },
  ),
  changeRoles: step(
    'change roles',
    fc.record({ asker, user, roles: fc.array(role, { minLength: 1, maxLength: 2 }) }),
    async (scene, choice) => {
      const [actor, changed] = [userFor(scene, choice.asker), userFor(scene, choice.user)];
      const roles = rolesFor(scene, choice.roles);
      const refusal = await changeRoles(by(scene, actor), changed.id, roles);
      return {
        what: `of ${called(changed)} to ${fc.stringify(roles)}, by ${called(actor)}`,
        refusal,
        touched: [changed.id, actor.id],
      };
    },
  ),
  remove: step('remove', fc.record({ asker, leaver: user, successor, pendingInvites }), async (scene, choice) => {
    const [actor, leaver] = [userFor(scene, choice.asker), userFor(scene, choice.leaver)];
    const heir = userFor(scene, choice.successor, leaver);
    const wanted = { leaverId: leaver.id, successorId: heir.id, pendingInvites: choice.pendingInvites };
    const refusal = await remove(by(scene, actor), wanted);
    return {
      what: `${called(leaver)} for ${called(heir)}, ${choice.pendingInvites} invites, by ${called(actor)}`,
      refusal,
      touched: [leaver.id, heir.id],
    };
  }),
  leave: step(
    'leave',
    fc.record({ leaver: whom({ manager: 1, active: 2, stranger: 1 }), successor, pendingInvites }),
    async (scene, choice) => {
      const leaver = userFor(scene, choice.leaver);
      const heir = userFor(scene, choice.successor, leaver);
      const wanted = { successorId: heir.id, pendingInvites: choice.pendingInvites };
      const refusal = await leave(by(scene, leaver), wanted);
      return {
        what: `${called(leaver)} for ${called(heir)}, ${choice.pendingInvites} invites`,
        refusal,
        touched: [leaver.id, heir.id],
      };
    },
  ),
  account: step(
    'account',
    fc.record({ user, other: user, change: fc.constantFrom(...outsideChanges) }),
    async (scene, choice) => {
      const { world, model, other } = scene;
      const [changed, another] = [userFor(scene, choice.user), userFor(scene, choice.other)];
      const models = [model, other];
      if (!changeOutside(world, models, choice.change, changed, another)) return { what: 'nothing' };
      // Whoever can sign in again is noticed by their first request.
      if (choice.change === 'enable') for (const each of models) await lookUp(world, each, changed.personId);
      return { what: `of ${called(changed)}: ${choice.change}`, touched: [changed.id] };
    },
  ),
  sweep: step('sweep', fc.constant({}), async ({ world, model }) => {
    await lookUp(world, model);
    return { what: 'all accounts', touched: [...model.users.keys()] };
  }),
  restore: step(
    'restore',
    fc.record({ asker, user: whom({ removed: 12, active: 1, stranger: 1 }) }),
    async (scene, choice) => {
      const [actor, gone] = [userFor(scene, choice.asker), userFor(scene, choice.user)];
      const touched = [gone.id, ...(gone.successorId === undefined ? [] : [gone.successorId])];
      const refusal = await restore(by(scene, actor), gone.id);
      // What was stored of the account when the user was removed may be outdated.
      await lookUp(scene.world, scene.model, gone.personId);
      return { what: `${called(gone)}, by ${called(actor)}`, refusal, touched };
    },
  ),
};
