import type { Account, Directory } from '../../shared/ports.ts';

const sub = 'sub-of-';

export const personIdOf = (email: string): string => sub + email;

/**
 * A double of Cognito, which is not what is tested here: everybody has an account, named by its address. Operations find
 * accounts and never make or change one.
 */
export const everybody = (onSignOut: (personId: string) => void): Directory => {
  const account = (email: string): Account => ({
    personId: personIdOf(email),
    email,
    name: email.split('@', 1)[0] ?? email,
    emailVerified: true,
    enabled: true,
    temporary: false,
  });
  const never = () => Promise.reject(new Error('Every account exists already'));
  return {
    findByEmail: async (email) => account(email),
    findByPersonId: async (personId) => account(personId.slice(sub.length)),
    findMachine: async () => undefined,
    create: never,
    setPassword: never,
    rename: never,
    signOut: async (personId) => onSignOut(personId),
  };
};
