import type { Account, Directory } from '../../shared/ports.ts';
import type { User } from '../../shared/users/user.ts';

/** The accounts of planted users, by `sub`, whom the user pool of the stack does not know. */
const accounts = new Map<string, Account>();

/** Gives planted users accounts that can sign in. */
export const openAccounts = (users: readonly Pick<User, 'personId' | 'email' | 'name'>[]): void => {
  for (const { personId, email, name } of users)
    accounts.set(personId, { personId, email, name, emailVerified: true, enabled: true, temporary: false });
};

/** Changes the account of a planted user outside Roster. */
export const changeAccount = ({ personId }: Pick<User, 'personId'>, changes: Partial<Account>): void => {
  const account = accounts.get(personId);
  if (!account) throw new Error('No such planted user');
  accounts.set(personId, { ...account, ...changes });
};

/** Deletes the account of a planted user outside Roster. */
export const deleteAccount = ({ personId }: Pick<User, 'personId'>): void => void accounts.delete(personId);

/** The user directory, which also answers for planted users. */
export const withPlantedAccounts = (directory: Directory): Directory => ({
  ...directory,
  findByPersonId: async (personId) => accounts.get(personId) ?? directory.findByPersonId(personId),
});
