import { inParts, tooLarge, type Part } from '../api/in-parts.ts';
import { operation, type MemberRequest } from '../api/operation.ts';
import type { Operation, Output } from '../api/route.ts';
import { audit } from '../audit/audit-event.ts';
import type { ErrorCode, Failure } from '../errors.ts';
import { dynamodbTransactionItemsMax, resourcesPerTransaction } from '../limits.ts';
import type { Services } from '../ports.ts';
import { err, fail, ok, type Result } from '../result.ts';
import { treeUnchanged } from '../roles/known-pools.ts';
import type { PoolTree } from '../roles/pool-tree.ts';
import type { Table } from '../table/table.ts';
import { mergeWrites, type Write } from '../table/write.ts';
import { findResources, poolPathOf } from './find-resources.ts';
import { additionWrite, decideAddition, readSurroundings, withIds, type Addition, type Incoming } from './ingestion.ts';
import { findNamed, type NamedInResources } from './named-in-resources.ts';
import { resourceRoutes } from './resource-routes.ts';
import { resourceView } from './resource-view.ts';
import { ingested, type Resource } from './resource.ts';

type IngestResources = typeof resourceRoutes.ingestResources;
type Request = MemberRequest<IngestResources>;
type Outcome = Output<IngestResources>['results'][number];

/** The result of an item in a remembered response. It has no resource: a repeated request gets the resource's current state. */
interface RememberedResult {
  outcome: Outcome['outcome'];
  id?: string;
  code?: ErrorCode;
  detail?: string;
}

export const ingestResources: Operation<IngestResources> = (services) => async (caller, input) => {
  const results = await inParts<Incoming, Outcome>(
    withIds(services, input.body.items),
    { size: resourcesPerTransaction, name: 'items' },
    async (part) => {
      let fits = true;
      const ingestPart = operation(
        resourceRoutes.ingestResources,
        {
          replay: ({ table }, request, remembered) => resultsAgain(table, request, remembered as RememberedResult[]),
        },
        async (own, request) => {
          const ingestion = await ingest(own, request, part);
          if (ingestion.ok) return ok(resultsView(ingestion.value, await request.tree()));
          fits = ingestion.error !== tooLarge;
          return ingestion.error === tooLarge ? ok({ results: [] }) : { ok: false, error: ingestion.error };
        },
      );
      const { idempotency } = input;
      const result = await ingestPart(services)(caller, {
        ...input,
        idempotency: idempotency && { ...idempotency, part: part.name },
      });
      if (!result.ok) return result;
      return fits ? ok(result.value.results) : ok(tooLarge);
    },
  );
  return results.ok ? ok({ results: results.value }) : results;
};

interface Ingestion {
  results: RememberedResult[];
  /** The current state of the resources in the part, by id. */
  resources: ReadonlyMap<string, Resource>;
  named: NamedInResources;
}

/** Ingests one part in one transaction. Returns `tooLarge` if its items name too many owners and data sources for that. */
const ingest = async (
  { table, ids }: Pick<Services, 'table' | 'ids'>,
  request: Request,
  { items, before }: Part<Incoming, Outcome>,
): Promise<Result<Ingestion, Failure | 'retry' | typeof tooLarge>> => {
  const { actor, organization, now, remember } = request;
  const surroundings = await readSurroundings(table, organization, await request.tree(), items);
  const eventId = ids.next('evt');
  const seen = new Set(before.map(({ id }) => id));
  const decided = items.map((item): Result<Addition> => {
    if (seen.has(item.id)) return fail('resource_exists', 'The same resource is named earlier in the request.');
    seen.add(item.id);
    return withEvent(decideAddition(surroundings, request, item), eventId);
  });
  const changes = decided.flatMap((each) => (each.ok && each.value.outcome !== 'unchanged' ? [each.value] : []));
  const results = decided.map(rememberedAs);
  const resources = new Map(
    decided.flatMap((each) => (each.ok ? [[each.value.resource.id, each.value.resource]] : [])),
  );
  const ingestion = { results, resources, named: surroundings };
  const remembering = remember(results);
  if (changes.length === 0 && remembering.length === 0) return ok(ingestion);

  const writes: Write<ErrorCode | 'retry'>[] = mergeWrites<ErrorCode | 'retry'>([
    ...remembering,
    ...changes.flatMap((change) => [additionWrite(organization.id, change), ...change.checks]),
    treeUnchanged(organization.id, organization.treeVersion),
    ...(changes.length > 0
      ? [
          ...audit({
            organizationId: organization.id,
            id: eventId,
            at: now,
            actor: { id: actor.userId, name: actor.name },
            action: 'resources_ingested',
            targets: changes.map(({ resource }) => resource),
            requestId: actor.requestId,
          }),
        ]
      : []),
  ]);
  if (writes.length > dynamodbTransactionItemsMax) return { ok: false, error: tooLarge };
  const transaction = await table.transact(writes);
  // An object that an item names, or the actor's right to its pool, is gone. The next attempt refuses only that item.
  return transaction.ok ? ok(ingestion) : err('retry');
};

const withEvent = (decided: Result<Addition>, eventId: string): Result<Addition> =>
  decided.ok && decided.value.outcome !== 'unchanged'
    ? ok({
        ...decided.value,
        resource: { ...decided.value.resource, ingestedIn: ingested(decided.value.resource, eventId) },
      })
    : decided;

const rememberedAs = (decided: Result<Addition>): RememberedResult =>
  decided.ok ? { outcome: decided.value.outcome, id: decided.value.resource.id } : refusedFor(decided.error);

const refusedFor = ({ code, detail }: Failure): RememberedResult => ({
  outcome: 'refused',
  code,
  ...(detail !== undefined && { detail }),
});

/**
 * The results of a repeated request, with the resources as they are now. An item whose resource the actor may no longer
 * manage is refused, as it would be in a new request.
 */
const resultsAgain = async (
  table: Table,
  { organization, tree: readTree, decide }: Request,
  remembered: RememberedResult[],
): Promise<Output<IngestResources>> => {
  const ids = remembered.flatMap(({ id }) => id ?? []);
  const resources = await findResources(table, organization.id, ids);
  const named = await findNamed(table, organization.id, [...resources.values()]);
  const tree = await readTree();
  const results = remembered.map((result) => {
    const resource = resources.get(result.id ?? '');
    const allowed = resource ? decide('manage_resources', { poolPath: poolPathOf(resource, tree) }) : ok([]);
    return allowed.ok ? result : refusedFor(allowed.error);
  });
  return resultsView({ results, resources, named }, tree);
};

const resultsView = ({ results, resources, named }: Ingestion, tree: PoolTree): Output<IngestResources> => ({
  results: results.map(({ outcome, id, code, detail }) => {
    const resource = resources.get(id ?? '');
    return {
      outcome,
      ...(resource && { resource: resourceView(resource, named, tree) }),
      ...(code && { code }),
      ...(detail !== undefined && { detail }),
    };
  }),
});
