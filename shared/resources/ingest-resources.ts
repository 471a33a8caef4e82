import { batchOperation, type OpenPart, type Own } from '../api/batch-operation.ts';
import type { MemberRequest } from '../api/operation.ts';
import type { Output } from '../api/route.ts';
import { audit } from '../audit/audit-event.ts';
import type { ErrorCode, Failure } from '../errors.ts';
import { storesAmount } from '../organizations/currency.ts';
import type { Organization } from '../organizations/organization.ts';
import { err, fail, ok, type Result } from '../result.ts';
import { treeUnchanged } from '../roles/known-pools.ts';
import type { PoolTree } from '../roles/pool-tree.ts';
import type { Table } from '../table/table.ts';
import { findResources, poolPathOf } from './find-resources.ts';
import {
  additionWrite,
  decideAddition,
  longestPart,
  readSurroundings,
  withIds,
  type Addition,
  type Incoming,
  type Surroundings,
} from './ingestion.ts';
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

/** An item, and whether an earlier item of the same request names the same resource. */
interface Item extends Incoming {
  isRepeated: boolean;
}

/**
 * Adds up to 100 resources, in parts (see `batchOperation`). The items that parallel parts share are the actor's membership, the
 * organization with its tree version, and the owners and data sources that items of several parts name. They only check them.
 */
export const ingestResources = batchOperation<IngestResources, Item, Ingestion, Outcome>(
  resourceRoutes.ingestResources,
  {
    name: 'items',
    items: (services, { body }) => markRepeated(withIds(services, body.items)),
    lengthOf: (items) => longestPart(items.map(({ item }) => item)),
    open: async (own, parts) => ok({ decisions: await decideParts(own, parts) }),
    decide: async (own, part) => {
      const [decision] = await decideParts(own, [part]);
      return decision ? ok(decision) : err('retry');
    },
    write: (own, part, ingestion) => ingest(own, part, ingestion),
    replay: ({ services: { table }, request }, remembered) =>
      resultsAgain(table, request, remembered as RememberedResult[]),
    response: (results) => ({ results }),
  },
);

const markRepeated = (incoming: readonly Incoming[]): Item[] => {
  const seen = new Set<string>();
  return incoming.map((each) => {
    const isRepeated = seen.has(each.id);
    seen.add(each.id);
    return { ...each, isRepeated };
  });
};

interface Ingestion {
  results: RememberedResult[];
  changes: Addition[];
  /** The current state of the resources in the part, by id. */
  resources: ReadonlyMap<string, Resource>;
  named: NamedInResources;
}

/** Reads the surroundings of all parts together, and decides each part. */
const decideParts = async (
  { services: { table }, request }: Own<IngestResources>,
  parts: readonly OpenPart<Item>[],
): Promise<Ingestion[]> => {
  const { organization } = request;
  const items = parts.flatMap((part) => part.items);
  const surroundings = await readSurroundings(table, organization, await request.tree(), items);
  return parts.map((part) => decidePart(surroundings, request, part));
};

const decidePart = (surroundings: Surroundings, request: Request, { items, eventId }: OpenPart<Item>): Ingestion => {
  const decided = items.map((item): Result<Addition> =>
    item.isRepeated
      ? fail('resource_exists', 'The same resource is named earlier in the request.')
      : withEvent(decideAddition(surroundings, request, item), eventId),
  );
  const changes = decided.flatMap((each) => (each.ok && each.value.outcome !== 'unchanged' ? [each.value] : []));
  const resources = new Map(
    decided.flatMap((each) => (each.ok ? [[each.value.resource.id, each.value.resource]] : [])),
  );
  return { results: decided.map(rememberedAs), changes, resources, named: surroundings };
};

/** Ingests one part in one transaction. */
const ingest = async (
  { services: { table }, request }: Own<IngestResources>,
  { eventId }: OpenPart<Item>,
  ingestion: Ingestion,
): Promise<Result<Outcome[], Failure | 'retry'>> => {
  const { actor, organization, now, remember } = request;
  const { results, changes } = ingestion;
  const views = resultsView(ingestion, await request.tree(), organization);
  const remembering = remember(results);
  if (changes.length === 0 && remembering.length === 0) return ok(views);
  const transaction = await table.transact<ErrorCode | 'retry' | 'replayed'>([
    ...remembering,
    ...changes.flatMap((change) => [additionWrite(organization.id, change), ...change.checks]),
    treeUnchanged(organization.id, organization.treeVersion),
    ...changes.flatMap(({ resource }) => storesAmount(organization, resource.monthlyCost)),
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
  // An object that an item refers to was removed, or the actor lost the right to its pool. The next attempt refuses only that item.
  return transaction.ok ? ok(views) : err('retry');
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
): Promise<Outcome[]> => {
  const ids = remembered.flatMap(({ id }) => id ?? []);
  const resources = await findResources(table, organization.id, ids);
  const named = await findNamed(table, organization.id, [...resources.values()]);
  const tree = await readTree();
  const results = remembered.map((result) => {
    const resource = resources.get(result.id ?? '');
    const allowed = resource ? decide('manage_resources', { poolPath: poolPathOf(resource, tree) }) : ok([]);
    return allowed.ok ? result : refusedFor(allowed.error);
  });
  return resultsView({ results, resources, named }, tree, organization);
};

const resultsView = (
  { results, resources, named }: Pick<Ingestion, 'results' | 'resources' | 'named'>,
  tree: PoolTree,
  organization: Organization,
): Outcome[] =>
  results.map(({ outcome, id, code, detail }) => {
    const resource = resources.get(id ?? '');
    return {
      outcome,
      ...(resource && { resource: resourceView(resource, named, tree, organization) }),
      ...(code && { code }),
      ...(detail !== undefined && { detail }),
    };
  });
