import { entryOf, type OpenEnum } from '../open-enum.ts';
import { roleDefinitions, type Role } from './role.ts';

/** What people call a role; a role that this version does not know is called what the table says. */
export const roleName = (role: OpenEnum<Role>): string => entryOf(roleDefinitions, role)?.name ?? role;
