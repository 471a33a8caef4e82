import { operation } from '../api/operation.ts';
import { myAccount } from '../invites/my-account.ts';
import { findNotificationSettings } from '../mail/notification-settings.ts';
import { turnNotifications } from '../mail/turn-notifications.ts';
import { ok } from '../result.ts';
import { committed } from '../retry.ts';
import { notificationsView } from './get-notifications.ts';
import { meRoutes } from './me-routes.ts';

/** Turns kinds of notices on or off for the signed-in person, in all organizations. */
export const updateNotifications = operation(
  meRoutes.updateNotifications,
  {
    versioned: ({ personTable }, { actor: { personId } }) => findNotificationSettings(personTable(personId), personId),
  },
  async (services, { actor, body }) => {
    const account = await myAccount(services, actor);
    if (!account.ok) return account;
    const { personId } = actor;
    const table = services.personTable(personId);
    const before = await findNotificationSettings(table, personId);
    const changed = turnNotifications(personId, before, body.kinds);
    if (!changed) return ok(notificationsView(before));
    return committed(await table.transact([changed.write]), notificationsView(changed.settings));
  },
);
