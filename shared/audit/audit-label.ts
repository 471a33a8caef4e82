import * as z from 'zod';
import { auditLabelBytesMax } from '../limits.ts';
import { namesOf, type NameOf, type Named } from '../named.ts';
import { keys } from '../table/keys.ts';
import { put, type Write } from '../table/write.ts';
import { answeredBytes } from '../text.ts';

/**
 * The names of the objects that an audit event mentions, by id, at the time of the event. They are stored next to the event and not
 * in it, so that a person's name can be erased while the event stays unchanged. Events of earlier versions have no label.
 */
const storedLabel = z.object({
  names: z.record(z.string(), z.string()),
  /** Details of the event that identify a person. */
  details: z.record(z.string(), z.unknown()).optional(),
});

export type AuditLabel = z.infer<typeof storedLabel>;

export const parseAuditLabel = (item: unknown): AuditLabel => storedLabel.parse(item);

/** The objects that a label names: the actor, the targets, and those in the details of the event. */
interface Mentioned {
  actor?: Named | undefined;
  targets: readonly Named[];
  details?: Record<string, unknown> | undefined;
  personal?: Record<string, unknown> | undefined;
  /** Finds the names of ids in the details. */
  nameOf: NameOf;
}

/** The write of an event's label, for the transaction that writes the event. `expiry`: the TTL of the event, if it has one. */
export const labelWrite = (
  organizationId: string,
  eventId: string,
  mentioned: Mentioned,
  expiry: { ttl?: number },
): Write<never> =>
  put({
    ...keys.auditLabel(organizationId, eventId),
    names: withinLimit(namesIn(mentioned)),
    ...(mentioned.personal && { details: mentioned.personal }),
    ...expiry,
  });

const namesIn = ({ actor, targets, details, nameOf }: Mentioned): Record<string, string> => ({
  ...Object.fromEntries([...(actor ? [actor] : []), ...targets].map(({ id, name }) => [id, name])),
  ...namesOf(idsIn(details), nameOf),
});

/** Leaves out the last names if not all fit, so that a page of labels fits one page of a Query and a response. */
const withinLimit = (names: Record<string, string>): Record<string, string> => {
  let left = auditLabelBytesMax;
  return Object.fromEntries(
    Object.entries(names).filter((entry) => (left -= answeredBytes(JSON.stringify(entry))) >= 0),
  );
};

/** The texts in an event's details that can be ids: whole texts, and the pool of a role assignment such as `manager@pool_1`. */
export const idsIn = (details: unknown): string[] => {
  if (typeof details === 'string') return idPattern.exec(details)?.slice(1) ?? [];
  if (typeof details !== 'object' || details === null) return [];
  return Object.values(details).flatMap(idsIn);
};

const idPattern = /^(?:[a-z_]+@)?([a-z]+_\w+)$/;
