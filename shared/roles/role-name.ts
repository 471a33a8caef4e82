import { entryOf, type OpenEnum } from '../open-enum.ts';
import { roleDefinitions, type Role } from './role.ts';

/** Returns the display name of a role. A role that only a newer version knows is shown by its stored name. */
export const roleName = (role: OpenEnum<Role>): string => entryOf(roleDefinitions, role)?.name ?? role;
