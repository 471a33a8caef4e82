import { membersRememberedMax } from '../../shared/limits.ts';
import type { Admitted } from '../../shared/ports.ts';

/** Remembers the most recently admitted members for the lifetime of this Lambda instance. The limit bounds its memory. */
export const admittedMembers = (): Admitted => {
  const members = new Set<string>();
  const nameOf = (organizationId: string, personId: string): string => `${organizationId} ${personId}`;
  return {
    has: (organizationId, personId) => members.has(nameOf(organizationId, personId)),
    add: (organizationId, personId) => {
      const member = nameOf(organizationId, personId);
      members.delete(member);
      members.add(member);
      const [oldest] = members;
      if (members.size > membersRememberedMax && oldest !== undefined) members.delete(oldest);
    },
    remove: (organizationId, personId) => {
      members.delete(nameOf(organizationId, personId));
    },
  };
};
