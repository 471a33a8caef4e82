import { formatAssignment } from '../roles/role.ts';
import { keys } from '../table/keys.ts';
import { update, type Write } from '../table/write.ts';
import type { Inviter } from './inviter.ts';

/**
 * The operators of the installation in the data of an organization: an inviter that never loses the right to invite. They have no
 * membership, so nobody can sign in with their rights. They own no assets and do not count as managers.
 */
export const operators: Inviter = {
  id: 'operators',
  /** The name of the operators in invite emails and in the audit log. */
  name: 'Roster',
  status: 'active',
  assignments: [{ role: 'organization_manager' }],
  invitesPassed: [],
  version: 1,
};

/** Part of every write by operators in an organization. Their record has the key of a user, and never changes. */
export const knownOperators = (organizationId: string): Write<never> =>
  update(keys.user(organizationId, operators.id), {
    set: { ...operators, assignments: operators.assignments.map(formatAssignment) },
  });
