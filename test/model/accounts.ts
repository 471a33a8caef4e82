import { expect } from 'vitest';
import { checkAccount } from '../../shared/accounts/check-account.ts';
import { activeUsers, organizationManagers, userOf, type Model, type ModelUser } from './model.ts';
import { standingOfAddress } from './refusals.ts';
import type { World } from './world.ts';

/** What happens to accounts outside Roster. */
export const outsideChanges = ['disable', 'enable', 'delete', 'new address', 'address of another'] as const;
export type OutsideChange = (typeof outsideChanges)[number];

/** Changes a person's account. Returns false if the change makes no sense, or would leave nobody who can sign in and manage. */
export const changeOutside = (
  { persons }: World,
  models: readonly Model[],
  change: OutsideChange,
  { personId }: ModelUser,
  other: ModelUser,
): boolean => {
  const { email, state } = persons.of(personId);
  switch (change) {
    case 'disable':
    case 'delete': {
      const remain = (model: Model) =>
        organizationManagers(model).some(
          (manager) => manager.personId !== personId && persons.of(manager.personId).state === 'active',
        );
      if (state === 'missing' || !models.every(remain)) return false;
      persons.change(personId, { state: change === 'delete' ? 'missing' : 'disabled' });
      return true;
    }
    case 'enable':
      if (state !== 'disabled') return false;
      persons.change(personId, { state: 'active' });
      return true;
    case 'new address':
      if (state === 'missing') return false;
      persons.change(personId, { email: `new.${email}` });
      return true;
    case 'address of another':
      // Cognito gives an address to one account only: the other one must have gone, or have another address.
      if (state === 'missing' || persons.holderOf(other.email) !== undefined) return false;
      persons.change(personId, { email: other.email });
      return true;
  }
};

/** Looks up the accounts of all users of an organization, or of one, as the worker does, and brings the model in line alike. */
export const lookUp = async (world: World, model: Model, personId?: string): Promise<void> => {
  const users = personId === undefined ? activeUsers(model) : [userOf(model, personId)];
  for (const user of users) {
    if (!user) continue;
    await checkAccount(world.work, model.organizationId, user.id);
    const { email, state } = world.persons.of(user.personId);
    user.account = state;
    user.emailConflict = undefined;
    if (state === 'missing' || email === user.email) continue;
    if (standingOfAddress(model, email) === 'free') user.email = email;
    else user.emailConflict = email;
  }
  const { length } = organizationManagers(model).filter(({ account }) => account === 'active');
  expect(length, 'organization managers who can sign in').toBeGreaterThan(0);
};
