import { equal } from '../table/condition.ts';
import { indexAttributes, keys, notDue } from '../table/keys.ts';
import { guard, update, type Changes, type Guard, type Write } from '../table/write.ts';
import { statusEntry, type Invite, type InviteStatus } from './invite.ts';

/** Ends a pending invite, once: of several that try, one wins, and the others lose with `settled`. */
export const settle = <F = never>(
  invite: Pick<Invite, 'organizationId' | 'id'>,
  status: Exclude<InviteStatus, 'pending'>,
  changes: Changes['set'],
  ...guards: Guard<F>[]
): Write<F | 'settled'> =>
  update<F | 'settled'>(
    keys.invite(invite.organizationId, invite.id),
    {
      set: { status, ...statusEntry(invite, status), ...changes },
      remove: [...indexAttributes('gsi3'), 'claim', ...notDue],
      add: { version: 1 },
    },
    guard(equal('status', 'pending'), 'settled' as const),
    ...guards,
  );
