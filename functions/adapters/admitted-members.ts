import { membersRememberedMax } from '../../shared/limits.ts';
import type { Admitted } from '../../shared/ports.ts';
import { recentMap } from './recent-map.ts';

/** Remembers the most recently admitted members for the lifetime of this Lambda instance. */
export const admittedMembers = (): Admitted => {
  const members = recentMap<true>(membersRememberedMax);
  const nameOf = (organizationId: string, personId: string): string => `${organizationId} ${personId}`;
  return {
    has: (organizationId, personId) => members.get(nameOf(organizationId, personId)) ?? false,
    add: (organizationId, personId) => members.set(nameOf(organizationId, personId), true),
    remove: (organizationId, personId) => members.delete(nameOf(organizationId, personId)),
  };
};
