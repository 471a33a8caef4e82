import { operation } from '../api/operation.ts';
import type { Output } from '../api/route.ts';
import { myAccount } from '../invites/my-account.ts';
import { changeKinds } from '../mail/notice.ts';
import {
  findNotificationSettings,
  isOptional,
  wants,
  type NotificationSettings,
} from '../mail/notification-settings.ts';
import { ok } from '../result.ts';
import { meRoutes } from './me-routes.ts';

export const getNotifications = operation(meRoutes.getNotifications, {}, async (services, { actor }) => {
  const account = await myAccount(services, actor);
  if (!account.ok) return account;
  const { personId } = actor;
  return ok(notificationsView(await findNotificationSettings(services.personTable(personId), personId)));
});

export const notificationsView = (settings: NotificationSettings): Output<typeof meRoutes.getNotifications> => ({
  kinds: changeKinds.map((kind) => ({ kind, enabled: wants(settings, kind), fixed: !isOptional(kind) })),
  version: settings.version,
});
