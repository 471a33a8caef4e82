import { entryOf } from '../../../../shared/open-enum.ts';
import type { AuditAction, AuditEvent } from './audit-event.ts';

interface Detail {
  field: string;
  before?: unknown;
  /** What it is; of a change, afterwards. */
  value: unknown;
}

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What was changed, where an event says only how it was before and after. */
const changedField: Partial<Record<AuditAction, string>> = {
  user_renamed: 'name',
  roles_changed: 'roles',
  service_account_roles_changed: 'roles',
};

/** A policy's settings lie one deeper. */
const flat = ({ content, ...rest }: Fields): Fields => (isFields(content) ? { ...rest, ...content } : rest);

/** The details of an event, field by field: of a change, those that differ. */
export const detailsOf = ({ details = {}, action }: AuditEvent): Detail[] => {
  const { before, after, ...rest } = details;
  const given = Object.entries(rest).map(([field, value]) => ({ field, value }));
  if (before === undefined && after === undefined) return given;
  if (!isFields(before) || !isFields(after))
    return [...given, { field: entryOf(changedField, action) ?? action, before, value: after }];
  const [old, now] = [flat(before), flat(after)];
  const differing = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (field) => JSON.stringify(old[field]) !== JSON.stringify(now[field]),
  );
  return [...given, ...differing.map((field) => ({ field, before: old[field], value: now[field] }))];
};

/** What the event's target was called, where the event says so. */
export const nameIn = ({ details = {} }: AuditEvent): string | undefined => {
  const places = [details, details.after, details.before].filter(isFields).map(flat);
  return places.flatMap(({ name, email }) => [name, email]).find((text) => typeof text === 'string');
};

/** What events call the things they were done to, by id: names of what may be gone by now. Of several names the newest. */
export const namesIn = (events: AuditEvent[]): Map<string, string> =>
  new Map(
    events.toReversed().flatMap((event) => {
      const [id] = event.targets;
      const name = nameIn(event);
      return id !== undefined && name !== undefined ? [[id, name] as const] : [];
    }),
  );
