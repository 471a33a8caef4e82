import { operation } from '../api/operation.ts';
import type { Output } from '../api/route.ts';
import type { Account } from '../ports.ts';
import { ok } from '../result.ts';
import { meRoutes } from './me-routes.ts';
import { myAccount } from '../invites/my-account.ts';

export const getMe = operation(meRoutes.getMe, {}, async (services, { actor }) => {
  const account = await myAccount(services, actor);
  return account.ok ? ok(personView(account.value)) : account;
});

export const personView = ({ personId, email, emailVerified, name }: Account): Output<typeof meRoutes.getMe> => ({
  id: personId,
  email,
  emailVerified,
  name: name ?? email,
});
