import * as z from 'zod';
import { kindOfId } from '../asset-kinds.ts';
import { decodeCursor, encodeCursor } from '../api/cursor.ts';
import { listPage } from '../api/list-page.ts';
import { operation } from '../api/operation.ts';
import type { Input, Output } from '../api/route.ts';
import { parseAuditEvent } from '../audit/audit-event.ts';
import { parseAuditLabel } from '../audit/audit-label.ts';
import { findInvite } from '../invites/find-invite.ts';
import { earliestId } from '../id-time.ts';
import { functionTimeoutSeconds } from '../limits.ts';
import { firstName, namesOf, type NameOf } from '../named.ts';
import { findResource } from '../resources/find-resources.ts';
import { ok, type Result } from '../result.ts';
import { keys, partitions } from '../table/keys.ts';
import { mergeDescending } from '../table/merge-pages.ts';
import type { QueryPage, Table } from '../table/table.ts';
import type { Item } from '../table/write.ts';
import { second } from '../time.ts';
import { findMissingNames, mentionedIds, type LabelledEvent } from './audit-names.ts';
import { auditRoutes } from './audit-routes.ts';

type Filters = Input<typeof auditRoutes.listAuditEvents>['query'];

/** The name of the list that a cursor is bound to. It includes the filters, so a cursor is valid only with the same filters. */
const nameOf = ({ actorId, targetId, action, from, to }: Filters): string => {
  // The name is unchanged for requests without the newer filters, so that cursors of earlier versions stay valid.
  const newer = action === undefined && from === undefined && to === undefined ? [] : [action, from, to];
  return JSON.stringify(['audit-events', actorId, targetId, ...newer]);
};

/**
 * A page of the unfiltered log and the labels of its events. Both Queries run in parallel with the check of the caller's rights. The
 * labels have the sort keys of their events, so the same position and limit reach every label of the page.
 */
const wholeLog = listPage(nameOf, (organizationId, query) => ({
  pk: partitions.audit(organizationId),
  descending: true,
  ...startOf(query),
}));
const allLabels = listPage(nameOf, (organizationId, query) => ({
  pk: partitions.auditLabels(organizationId),
  descending: true,
  ...startOf(query),
}));

export const listAuditEvents = operation(
  auditRoutes.listAuditEvents,
  {
    queries: (asked) => (isFiltered(asked.query) ? [] : [...wholeLog.queries(asked), ...allLabels.queries(asked)]),
  },
  async ({ table }, { organization, query, tree }) => {
    const page = isFiltered(query)
      ? await readFiltered(table, organization.id, query)
      : await readWhole(table, organization.id, query);
    if (!page.ok) return page;
    const { next } = page.value;
    const events = page.value.events.filter(matches(query));
    const missingName = await findMissingNames({ table, organization, tree }, events);
    return ok({
      items: events.map((each) => auditEventView(each, missingName)),
      ...encodeCursor(nameOf(query), isPastRange(query, next) ? undefined : next),
    });
  },
);

const matches =
  ({ actorId, action, from, to }: Filters) =>
  ({ event }: LabelledEvent): boolean =>
    (actorId === undefined || event.actorId === actorId) &&
    (action === undefined || event.action === action) &&
    (from === undefined || Date.parse(event.at) >= Date.parse(from)) &&
    (to === undefined || Date.parse(event.at) < Date.parse(to));

/**
 * Where the newest page of a range of time starts. The id of an event is made after the time at which its operation began, which
 * is the time of the event. It is made before the function ends, so no event of the range starts later than that.
 */
const startOf = ({ to }: Filters): { after?: string } =>
  to === undefined ? {} : { after: earliestId('evt', Date.parse(to) + longestFunctionSeconds * second) };

const longestFunctionSeconds = Math.max(...Object.values(functionTimeoutSeconds));

/** Whether all events from this position on are older than the range of time. */
const isPastRange = ({ from }: Filters, position: string | undefined): boolean =>
  from !== undefined && position !== undefined && position < earliestId('evt', Date.parse(from));

const auditEventView = (
  { event, label }: LabelledEvent,
  missingName: NameOf,
): Output<typeof auditRoutes.listAuditEvents>['items'][number] => {
  const { actorId, details, ...rest } = event;
  const nameOfId = firstName((id) => label?.names[id], missingName);
  const actor = actorId === undefined ? undefined : nameOfId(actorId);
  return {
    ...rest,
    ...((details ?? label?.details) && { details: { ...details, ...label?.details } }),
    ...(actorId !== undefined && actor !== undefined && { actor: { id: actorId, name: actor } }),
    names: namesOf(mentionedIds(event), nameOfId),
  };
};

interface EventPage {
  events: LabelledEvent[];
  next: string | undefined;
}

const readWhole = async (table: Table, organizationId: string, query: Filters): Promise<Result<EventPage>> => {
  const [events, labels] = await Promise.all([
    wholeLog.read(table, organizationId, query),
    allLabels.read(table, organizationId, query),
  ]);
  if (!events.ok) return events;
  if (!labels.ok) return labels;
  const ids = events.value.items.map(({ sk }) => sk);
  const found = [...labels.value.items, ...(await pushedOut(table, organizationId, ids, labels.value))];
  return ok({ events: labelled(events.value.items, found), next: events.value.next });
};

/** Reads the labels that the Query of labels did not reach, because newer ones were written after the Query of events. */
const pushedOut = async (table: Table, organizationId: string, ids: string[], labels: QueryPage): Promise<Item[]> => {
  const { next } = labels;
  const beyond = next === undefined ? [] : ids.filter((id) => id < next);
  return present(await table.batchGet(beyond.map((id) => keys.auditLabel(organizationId, id))));
};

const labelled = (events: readonly Item[], labels: readonly Item[]): LabelledEvent[] => {
  const byId = new Map(labels.map((label) => [label.sk, parseAuditLabel(label)]));
  return events.map((item) => ({ event: parseAuditEvent(item), label: byId.get(item.sk) }));
};

const present = (items: readonly (Item | undefined)[]): Item[] => items.filter((item) => item !== undefined);

const isFiltered = ({ actorId, targetId }: Filters): boolean => actorId !== undefined || targetId !== undefined;

/** Reads the events of a filtered page and their labels, because the indexes contain only the keys of events. */
const readFiltered = async (table: Table, organizationId: string, query: Filters): Promise<Result<EventPage>> => {
  const after = decodeCursor(nameOf(query), query.cursor);
  if (!after.ok) return after;
  const page = await findPage(table, organizationId, query, after.value ?? startOf(query).after);
  const ids = page.items.map(({ sk }) => sk);
  const [events, labels] = await Promise.all([
    table.batchGet(ids.map((id) => keys.auditEvent(organizationId, id))),
    table.batchGet(ids.map((id) => keys.auditLabel(organizationId, id))),
  ]);
  return ok({ events: labelled(present(events), present(labels)), next: page.next });
};

/** Finds the keys of events. With both filters, the target selects the index, and the actor filters the page afterwards. */
const findPage = async (
  table: Table,
  organizationId: string,
  { actorId, targetId, limit }: Filters,
  after: string | undefined,
): Promise<QueryPage> => {
  const newest = { descending: true, limit, ...(after !== undefined && { after }) };
  if (targetId !== undefined) {
    const pk = partitions.auditByTarget(organizationId, targetId);
    const pages = await Promise.all([
      table.query({ index: 'gsi2', pk, ...newest }),
      table.query({ index: 'gsi3', pk, ...newest }),
      linkedPage(table, organizationId, targetId, after),
    ]);
    return mergeDescending(pages, limit);
  }
  return table.query({ index: 'gsi1', pk: partitions.auditByActor(organizationId, actorId ?? ''), ...newest });
};

/** Finds the events of many targets, which are not indexed by target: the records of their targets store their ids. */
const linkedPage = async (
  table: Table,
  organizationId: string,
  targetId: string,
  after: string | undefined,
): Promise<QueryPage> => {
  const eventIds = (await linkedEvents(table, organizationId, targetId)).filter(
    (id) => after === undefined || id < after,
  );
  return { items: eventIds.map((id) => ({ ...keys.auditEvent(organizationId, id) })) };
};

const linkedEvents = async (table: Table, organizationId: string, targetId: string): Promise<string[]> => {
  if (targetId.startsWith('inv_')) {
    const invite = await findInvite(table, organizationId, targetId);
    return invite ? [invite.createdIn] : [];
  }
  if (kindOfId(targetId) === 'resource') {
    const resource = await findResource(table, organizationId, targetId);
    return resource?.ingestedIn ?? ingestedBeforeDeletion(table, organizationId, targetId);
  }
  return [];
};

/** Finds the ingestions of a deleted resource, whose record is gone: its last event, the deletion, lists them. */
const ingestedBeforeDeletion = async (table: Table, organizationId: string, targetId: string): Promise<string[]> => {
  const pk = partitions.auditByTarget(organizationId, targetId);
  const [last] = (await table.query({ index: 'gsi2', pk, descending: true, limit: 1 })).items;
  const event = last && (await table.get(keys.auditEvent(organizationId, last.sk)));
  return event ? (deletionDetails.safeParse(parseAuditEvent(event).details).data?.ingestedIn ?? []) : [];
};

const deletionDetails = z.object({ ingestedIn: z.array(z.string()) });
