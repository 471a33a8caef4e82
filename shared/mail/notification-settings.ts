import * as z from 'zod';
import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import type { Item } from '../table/write.ts';
import type { ChangeKind } from './notice.ts';

/** The kinds of notices that a person can turn off. All others are about the person's own access, so they are always sent. */
export const optionalKinds = [
  'assets_taken_over',
  'assets_given_back',
  'new_invite_requested',
  'address_conflict',
  'address_not_allowed',
] as const satisfies ChangeKind[];

export type OptionalKind = (typeof optionalKinds)[number];

/** What a person wants to be notified of, in all organizations. */
const storedSettings = z.object({
  /** The kinds that are turned off. A newer version of Roster may store others. */
  off: z.array(z.string()),
  version: z.number(),
});

export type NotificationSettings = z.infer<typeof storedSettings>;

/** Without an item, everything is on. */
export const parseNotificationSettings = (item: Item | undefined): NotificationSettings =>
  item ? storedSettings.parse(item) : { off: [], version: 1 };

export const findNotificationSettings = async (table: Table, personId: string): Promise<NotificationSettings> =>
  parseNotificationSettings(await table.get(keys.notificationSettings(personId)));

const optional: ReadonlySet<string> = new Set(optionalKinds);

export const isOptional = (kind: ChangeKind): kind is OptionalKind => optional.has(kind);

export const wants = ({ off }: NotificationSettings, kind: ChangeKind): boolean =>
  !isOptional(kind) || !off.includes(kind);
