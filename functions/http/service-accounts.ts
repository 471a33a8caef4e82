import { changeServiceAccountRoles } from '../../shared/service-accounts/change-service-account-roles.ts';
import { createServiceAccount } from '../../shared/service-accounts/create-service-account.ts';
import { deleteServiceAccount } from '../../shared/service-accounts/delete-service-account.ts';
import { listServiceAccounts } from '../../shared/service-accounts/list-service-accounts.ts';
import { serviceAccountRoutes } from '../../shared/service-accounts/service-account-routes.ts';
import { lambda } from './lambda.ts';

export const handler = lambda(serviceAccountRoutes, {
  listServiceAccounts,
  createServiceAccount,
  changeServiceAccountRoles,
  deleteServiceAccount,
});
