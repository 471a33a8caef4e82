import * as z from 'zod';
import { roles } from '../roles/role.ts';

const count = z.int().min(0);

/** The numbers of users and invites of an organization at one time. Also the form in which a count in progress is stored. */
export const totals = z.object({
  users: count,
  byRole: z.object(
    Object.fromEntries(roles.map((role) => [role, count])) as Record<(typeof roles)[number], typeof count>,
  ),
  removed: count,
  pending: count,
  bounced: count,
  expiring: count,
});

export type Totals = z.infer<typeof totals>;

export const noTotals = (): Totals => ({
  users: 0,
  byRole: { organization_manager: 0, manager: 0, engineer: 0, member: 0 },
  removed: 0,
  pending: 0,
  bounced: 0,
  expiring: 0,
});

/** The state of a count that takes several steps: its position and its result so far. */
const progress = z.object({
  startedAt: z.string(),
  /** The index of the current entry of `counts`. `after` is the position within it. */
  place: z.int(),
  after: z.string().optional(),
  requests: z.int(),
  found: totals,
});

export type Progress = z.infer<typeof progress>;

/** A value stored as JSON text. It is a single attribute, because a count always replaces the whole value. */
const json = <T extends z.ZodType>(schema: T) =>
  z.string().transform((text): z.infer<T> => schema.parse(JSON.parse(text)));

const storedTotals = z.object({
  /** When the worker counts next. Absent: nothing has changed since the last count. */
  dueAt: z.string().optional(),
  /** When a change was last reported. A count that began earlier may have missed that change. */
  changedAt: z.string().optional(),
  /** The next count does not start before this. */
  notBefore: z.string().optional(),
  progress: json(progress).optional(),
  /** The result of the last count, and when that count started. */
  counted: json(totals).optional(),
  asOf: z.string().optional(),
});

export type StoredTotals = z.infer<typeof storedTotals>;

export const parseTotals = (item: unknown): StoredTotals => storedTotals.parse(item ?? {});
