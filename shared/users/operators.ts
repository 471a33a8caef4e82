import { formatAssignment } from '../roles/role.ts';
import { keys } from '../table/keys.ts';
import { update, type Write } from '../table/write.ts';
import type { Inviter } from './inviter.ts';

/**
 * Those who run the installation, as an organization knows them: an inviter that never loses the right, and nothing else. Nobody
 * signs in as them: they have no membership, so no request has their rights; they own nothing and count as no manager.
 */
export const operators: Inviter = {
  id: 'operators',
  /** Invite mails and the audit log call them this. */
  name: 'Roster',
  status: 'active',
  assignments: [{ role: 'organization_manager' }],
  invitesPassed: [],
  version: 1,
};

/** Part of everything that operators do in an organization: their record lies where a user's would, and never changes. */
export const knownOperators = (organizationId: string): Write<never> =>
  update(keys.user(organizationId, operators.id), {
    set: { ...operators, assignments: operators.assignments.map(formatAssignment) },
  });
