import * as z from 'zod';
import { kindOfId } from '../asset-kinds.ts';
import { decodeCursor, encodeCursor } from '../api/cursor.ts';
import { listPage } from '../api/list-page.ts';
import { operation } from '../api/operation.ts';
import type { Input } from '../api/route.ts';
import { parseAuditEvent } from '../audit/audit-event.ts';
import { findInvite } from '../invites/find-invite.ts';
import { findResource } from '../resources/find-resources.ts';
import { ok, type Result } from '../result.ts';
import { keys, partitions } from '../table/keys.ts';
import { mergeDescending } from '../table/merge-pages.ts';
import type { QueryPage, Table } from '../table/table.ts';
import { findInviters } from '../users/find-users.ts';
import { auditRoutes } from './audit-routes.ts';

type Filters = Input<typeof auditRoutes.listAuditEvents>['query'];

/** The name of the list that a cursor is bound to. It includes the filters, so a cursor is valid only with the same filters. */
const nameOf = ({ actorId, targetId }: Filters): string => JSON.stringify(['audit-events', actorId, targetId]);

/** A page of the unfiltered log: the only query here that runs in parallel with the check of the caller's rights. */
const wholeLog = listPage(nameOf, (organizationId) => ({ pk: partitions.audit(organizationId), descending: true }));

export const listAuditEvents = operation(
  auditRoutes.listAuditEvents,
  { queries: (asked) => (isFiltered(asked.query) ? [] : wholeLog.queries(asked)) },
  async ({ table }, { organization, query }) => {
    const { actorId } = query;
    const page = isFiltered(query)
      ? await readFiltered(table, organization.id, query)
      : await wholeLog.read(table, organization.id, query);
    if (!page.ok) return page;
    const events = page.value.items
      .map(parseAuditEvent)
      .filter((event) => actorId === undefined || event.actorId === actorId);
    const actors = await findInviters(
      table,
      organization.id,
      events.flatMap((event) => event.actorId ?? []),
    );
    return ok({
      items: events.map(({ actorId: by, ...event }) => {
        const actor = actors.get(by ?? '');
        return { ...event, ...(actor && { actor: { id: actor.id, name: actor.name } }) };
      }),
      ...encodeCursor(nameOf(query), page.value.next),
    });
  },
);

const isFiltered = ({ actorId, targetId }: Filters): boolean => actorId !== undefined || targetId !== undefined;

/** Reads the full events of a filtered page, because the indexes contain only their keys. */
const readFiltered = async (table: Table, organizationId: string, query: Filters): Promise<Result<QueryPage>> => {
  const after = decodeCursor(nameOf(query), query.cursor);
  if (!after.ok) return after;
  const page = await findPage(table, organizationId, query, after.value);
  const items = await table.batchGet(page.items.map(({ sk }) => keys.auditEvent(organizationId, sk)));
  return ok({ ...page, items: items.filter((item) => item !== undefined) });
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
