import type { Account, Directory } from '../../shared/ports.ts';

const sub = 'sub-of-';

/** The person who first had an address. */
export const personIdOf = (email: string): string => sub + email;

interface Changed {
  email: string;
  state: 'active' | 'disabled' | 'missing';
}

/**
 * A double of Cognito, which is not what is tested here: at first everybody has an account, named by its address. Steps change
 * accounts outside Roster. Operations find accounts and never make or change one.
 */
export class Persons {
  private readonly changed = new Map<string, Changed>();

  /** The address and the state of a person's account. */
  of(personId: string): Changed {
    return this.changed.get(personId) ?? { email: personId.slice(sub.length), state: 'active' };
  }

  change(personId: string, changes: Partial<Changed>): void {
    this.changed.set(personId, { ...this.of(personId), ...changes });
  }

  /** The person whose account has an address. Undefined if nobody has it any more. */
  holderOf(email: string): string | undefined {
    const candidates = [...this.changed.keys(), personIdOf(email)];
    return candidates.find((personId) => this.of(personId).email === email && this.of(personId).state !== 'missing');
  }

  directory(onSignOut: (personId: string) => void): Directory {
    const account = (personId: string | undefined): Account | undefined => {
      if (personId === undefined) return undefined;
      const { email, state } = this.of(personId);
      if (state === 'missing') return undefined;
      const name = email.split('@', 1)[0] ?? email;
      return { personId, email, name, emailVerified: true, enabled: state === 'active', temporary: false };
    };
    const never = () => Promise.reject(new Error('No operation makes or changes an account'));
    return {
      findByEmail: async (email) => account(this.holderOf(email)),
      findByPersonId: async (personId) => account(personId),
      findMachine: async () => undefined,
      create: never,
      setPassword: never,
      rename: never,
      signOut: async (personId) => onSignOut(personId),
    };
  }
}
