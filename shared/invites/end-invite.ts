import { equal } from '../table/condition.ts';
import { indexAttributes, keys, notDue } from '../table/keys.ts';
import { guard, update, type Changes, type Guard, type Write } from '../table/write.ts';
import { statusEntry, type Invite } from './invite.ts';
import type { EndedStatus } from './invite-status.ts';

/**
 * Ends an invite if it has not changed since it was read. Every change by a manager and every end increments its
 * version, so only one of several concurrent requests succeeds and the others start over.
 */
export const endInvite = <F = never>(
  invite: Pick<Invite, 'organizationId' | 'id' | 'version'>,
  status: EndedStatus,
  changes: Changes['set'],
  ...guards: Guard<F>[]
): Write<F | 'retry'> =>
  update<F | 'retry'>(
    keys.invite(invite.organizationId, invite.id),
    {
      set: { status, ...statusEntry(invite, status), ...changes },
      remove: [...indexAttributes('gsi3'), 'ending', 'claim', ...notDue],
      add: { version: 1 },
    },
    guard(equal('version', invite.version), 'retry'),
    ...guards,
  );
