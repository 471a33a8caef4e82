import { equal } from '../table/condition.ts';
import { indexAttributes, keys, notDue } from '../table/keys.ts';
import { guard, update, type Changes, type Guard, type Write } from '../table/write.ts';
import { statusEntry, type Invite, type InviteStatus } from './invite.ts';

/**
 * Ends a pending invite, as it was read. Its version changes whenever a manager changes it and when it ends, so of several
 * requests that try, one wins and the others start over.
 */
export const endInvite = <F = never>(
  invite: Pick<Invite, 'organizationId' | 'id' | 'version'>,
  status: Exclude<InviteStatus, 'pending'>,
  changes: Changes['set'],
  ...guards: Guard<F>[]
): Write<F | 'retry'> =>
  update<F | 'retry'>(
    keys.invite(invite.organizationId, invite.id),
    {
      set: { status, ...statusEntry(invite, status), ...changes },
      remove: [...indexAttributes('gsi3'), 'claim', ...notDue],
      add: { version: 1 },
    },
    guard(equal('version', invite.version), 'retry'),
    ...guards,
  );
