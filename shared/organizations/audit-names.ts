import * as z from 'zod';
import { kindOfId } from '../asset-kinds.ts';
import type { AuditEvent } from '../audit/audit-event.ts';
import { idsIn, type AuditLabel } from '../audit/audit-label.ts';
import { auditNamesReadMax } from '../limits.ts';
import { firstName, type NameOf } from '../named.ts';
import { nameOfPool, type PoolTree } from '../roles/pool-tree.ts';
import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import type { Key } from '../table/write.ts';
import type { Organization } from './organization.ts';

/** An audit event with its label. Events of earlier versions have none. */
export interface LabelledEvent {
  event: AuditEvent;
  label: AuditLabel | undefined;
}

/** The ids that an event mentions besides its actor: in its targets and its details. */
export const mentionedIds = ({ targets, details }: AuditEvent): string[] => [...targets, ...idsIn(details)];

interface Places {
  table: Table;
  organization: Organization;
  tree: () => Promise<PoolTree>;
}

/**
 * Finds the names that the events of a page need and their labels do not contain: the current names or, if an object is gone, the
 * newest name that the details of an event of the page state. One request per 100 objects; none if the labels contain all names.
 */
export const findMissingNames = async (
  { table, organization, tree: readTree }: Places,
  events: readonly LabelledEvent[],
): Promise<NameOf> => {
  const ids = new Set(events.flatMap(missingIds));
  const stored = [...ids].flatMap((id) => {
    const key = keyOf(organization.id, id);
    return key ? [{ id, key }] : [];
  });
  const [items, tree] = await Promise.all([
    table.batchGet(stored.map(({ key }) => key)),
    [...ids].some(isPool) ? readTree() : undefined,
  ]);
  const names = new Map(
    stored.flatMap(({ id }, index) => {
      const name = items[index] && nameIn(items[index]);
      return name === undefined ? [] : [[id, name] as const];
    }),
  );
  const stated = namesStatedIn(events.map(({ event }) => event));
  return firstName(
    (id) => (id === organization.id ? organization.name : names.get(id)),
    tree ? nameOfPool(tree) : () => undefined,
    (id) => stated.get(id),
  );
};

/** At most `auditNamesReadMax` ids per event, so that old events with many targets do not make a page expensive. */
const missingIds = ({ event, label }: LabelledEvent): string[] => {
  const { actorId } = event;
  const mentioned = mentionedIds(event).filter((id) => isPool(id) || keyOf('', id) !== undefined);
  return [...(actorId === undefined ? [] : [actorId]), ...mentioned]
    .filter((id) => label?.names[id] === undefined)
    .slice(0, auditNamesReadMax);
};

const isPool = (id: string): boolean => kindOfId(id) === 'pool';

/** The key of the item that contains the name of an object. Undefined for an id of another kind, and for pools: they are in the tree. */
const keyOf = (organizationId: string, id: string): Key | undefined => {
  const kind = kindOfId(id);
  if (kind === 'resource') return keys.resource(organizationId, id);
  if (kind !== undefined) return kind === 'pool' ? undefined : keys.setting(organizationId, kind, id);
  if (id.startsWith('inv_')) return keys.invite(organizationId, id);
  return isMember(id) ? keys.user(organizationId, id) : undefined;
};

/** Whether an id is that of a user, a service account or the operators. */
const isMember = (id: string): boolean => /^(usr_|svc_|operators$)/.test(id);

/** The name in an item. That of a policy is in its content, and that of an invite is its address. */
const nameIn = (item: unknown): string | undefined => {
  const { name, email, content } = namedItem.parse(item);
  return name ?? content?.name ?? email;
};

const namedItem = z.object({
  name: z.string().optional(),
  email: z.string().optional(),
  content: z.object({ name: z.string() }).optional(),
});

/** The names of first targets in the details of events, by id: of those that are gone, this is all that is left. */
const namesStatedIn = (events: readonly AuditEvent[]): Map<string, string> =>
  new Map(
    events.toReversed().flatMap(({ targets: [id], details = {} }) => {
      const places = [details, details.after, details.before].map((place) => statedNames.safeParse(place).data);
      const name = places.flatMap((place) => place?.name ?? place?.content?.name ?? place?.email ?? [])[0];
      return id !== undefined && name !== undefined ? [[id, name] as const] : [];
    }),
  );

const statedNames = z.object({
  name: z.string().optional().catch(undefined),
  email: z.string().optional().catch(undefined),
  content: z.object({ name: z.string() }).optional().catch(undefined),
});
