import type { RoleAssignment } from '../../shared/roles/role.ts';
import { take, type TestMember, type TestOrganization } from './organization.ts';
import type { Caller } from './stack.ts';

interface Binding {
  clientId: string;
  roles?: RoleAssignment[];
  by?: Pick<TestMember, 'client'>;
}

/** Asks to make an app client a service account. */
export const bind = (
  { params, manager }: TestOrganization,
  { clientId, roles = [{ role: 'member' }], by = manager }: Binding,
) => by.client.createServiceAccount({ params, body: { name: 'Pipeline', clientId, roles } });

/** The id of a machine as a service account with these roles. */
export const bound = async (
  organization: TestOrganization,
  { personId: clientId }: Caller,
  roles: RoleAssignment[] = [{ role: 'member' }],
): Promise<string> => take(await bind(organization, { clientId, roles })).id;

export const changeServiceAccount = (
  { params, manager }: TestOrganization,
  serviceAccountId: string,
  roles: RoleAssignment[],
  options?: { ifMatch: string },
) => manager.client.changeServiceAccountRoles({ params: { ...params, serviceAccountId }, body: { roles } }, options);

export const deleteServiceAccount = (
  { params, manager }: TestOrganization,
  serviceAccountId: string,
  options?: { ifMatch: string },
) => manager.client.deleteServiceAccount({ params: { ...params, serviceAccountId } }, options);
