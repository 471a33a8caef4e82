import { sameValue } from '../same-value.ts';
import { absent, equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { guard, update, type Write } from '../table/write.ts';
import type { NotificationSettings, OptionalKind } from './notification-settings.ts';

/** Turns kinds of notices on (`true`) or off. Returns undefined if nothing changes. */
export const turnNotifications = (
  personId: string,
  before: NotificationSettings,
  kinds: Partial<Record<OptionalKind, boolean | undefined>>,
): { settings: NotificationSettings; write: Write<'retry'> } | undefined => {
  const off = new Set(before.off);
  for (const [kind, on] of Object.entries(kinds))
    if (on) off.delete(kind);
    else off.add(kind);
  const settings = { off: [...off].toSorted(), version: before.version + 1 };
  if (sameValue(settings.off, before.off)) return undefined;
  const write = update(
    keys.notificationSettings(personId),
    { set: settings },
    // Without an item, the version is 1.
    guard(before.version === 1 ? absent('version') : equal('version', before.version), 'retry'),
  );
  return { settings, write };
};
