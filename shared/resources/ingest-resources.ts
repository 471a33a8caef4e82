import type { Member } from '../actor.ts';
import { parseAnswer, remember } from '../api/idempotency.ts';
import type { Input, Operation, Output } from '../api/route.ts';
import { findOwners } from '../assets/owner.ts';
import { audit } from '../audit/audit-event.ts';
import type { ErrorCode, Failure } from '../errors.ts';
import { currentOrganization } from '../organizations/current-organization.ts';
import type { Services } from '../ports.ts';
import { err, fail, ok, type Result } from '../result.ts';
import { startOver } from '../retry.ts';
import { stillHolds } from '../roles/entitlement.ts';
import { treeUnchanged } from '../roles/known-pools.ts';
import { keys } from '../table/keys.ts';
import { mergeWrites, type Write } from '../table/write.ts';
import { findResources } from './find-resources.ts';
import { additionWrite, decide, readSurroundings, withIds, type Addition, type Incoming } from './ingestion.ts';
import type { resourceRoutes } from './resource-routes.ts';
import { resourceView } from './resource-view.ts';
import { ingested, type Resource } from './resource.ts';

type IngestResources = typeof resourceRoutes.ingestResources;
type Outcome = Output<IngestResources>['results'][number];

/** What an item came to, as it is remembered for a request that is repeated. */
interface Settled {
  outcome: Outcome['outcome'];
  id?: string;
  code?: ErrorCode;
  detail?: string;
}

/** Resources a transaction: beside them it checks owners and data sources, the tree and the actor's right. */
const itemsPerTransaction = 50;

/** DynamoDB's own. */
const writesPerTransaction = 100;

export const ingestResources: Operation<IngestResources> = (services) => async (actor, input) => {
  const incoming = withIds(services, input.body.items);
  const settled: Settled[] = [];
  const resources = new Map<string, Resource>();
  let size = itemsPerTransaction;
  while (settled.length < incoming.length) {
    const start = settled.length;
    const batch = incoming.slice(start, start + size);
    const earlier = new Set(incoming.slice(0, start).map(({ id }) => id));
    const part = start === 0 ? undefined : `items-${start}`;
    const result = await startOver((stale) => ingestBatch(services, actor, input, { batch, earlier, part }, stale));
    if (!result.ok) return result;
    if (result.value === 'too many writes') size = Math.ceil(size / 2);
    else {
      settled.push(...result.value.settled);
      for (const resource of result.value.resources) resources.set(resource.id, resource);
      size = itemsPerTransaction;
    }
  }
  return ok({ results: await show(services, actor, settled, resources) });
};

interface Batch {
  batch: readonly Incoming[];
  /** Ids of items before the batch. */
  earlier: ReadonlySet<string>;
  /** Names the batch among those of a request that is remembered; the first has no name of its own. */
  part: string | undefined;
}

/** One batch, in one transaction; `too many writes` when it names too many owners for that. */
const ingestBatch = async (
  services: Services,
  actor: Member,
  { idempotency }: Input<IngestResources>,
  { batch, earlier, part }: Batch,
  stale: boolean,
): Promise<Result<{ settled: Settled[]; resources: Resource[] } | 'too many writes', Failure | 'again'>> => {
  const { table, clock, ids } = services;
  const now = clock.now();
  const answered =
    idempotency && parseAnswer(await table.get(keys.answer(actor.organization.id, idempotency.request, part)), now);
  if (answered)
    return answered.bodyHash === idempotency?.bodyHash
      ? ok({ settled: answered.answer as Settled[], resources: [] })
      : fail('idempotency_key_reused');

  const organization = await currentOrganization(table, actor, stale);
  const around = await readSurroundings(services, organization, batch);
  const eventId = ids.next('evt');
  const seen = new Set(earlier);
  const decided = batch.map((each): Result<Addition> => {
    if (seen.has(each.id)) return fail('resource_exists', 'The same resource stands earlier in the request.');
    seen.add(each.id);
    return withEvent(decide(around, actor, each, now), eventId);
  });
  const changes = decided.flatMap((each) => (each.ok && each.value.outcome !== 'unchanged' ? [each.value] : []));
  const settled = decided.map(settledAs);
  const resources = decided.flatMap((each) => (each.ok ? [each.value.resource] : []));
  if (changes.length === 0 && !idempotency) return ok({ settled, resources });

  const writes: Write<ErrorCode | 'again'>[] = mergeWrites<ErrorCode | 'again'>([
    ...remember(organization.id, idempotency, settled, now, part),
    ...changes.flatMap((change) => [additionWrite(organization.id, change), ...change.checks]),
    treeUnchanged(organization.id, organization.treeVersion),
    ...changes.map(({ through }) => stillHolds(actor, through)),
    ...(changes.length > 0
      ? [
          audit({
            organizationId: organization.id,
            id: eventId,
            at: now,
            actorId: actor.userId,
            action: 'resources_ingested',
            targets: changes.map(({ resource }) => resource.id),
            requestId: actor.requestId,
          }),
        ]
      : []),
  ]);
  if (writes.length > writesPerTransaction) return ok('too many writes');
  const result = await table.transact(writes);
  if (result.ok) return ok({ settled, resources });
  return result.error === 'forbidden' ? fail('forbidden') : err('again');
};

const withEvent = (decided: Result<Addition>, eventId: string): Result<Addition> =>
  decided.ok && decided.value.outcome !== 'unchanged'
    ? ok({
        ...decided.value,
        resource: { ...decided.value.resource, ingestedIn: ingested(decided.value.resource, eventId) },
      })
    : decided;

const settledAs = (decided: Result<Addition>): Settled =>
  decided.ok
    ? { outcome: decided.value.outcome, id: decided.value.resource.id }
    : {
        outcome: 'refused',
        code: decided.error.code,
        ...(decided.error.detail !== undefined && { detail: decided.error.detail }),
      };

/** The results, with the resources as they are now. */
const show = async (
  { table, poolTree }: Services,
  { organization }: Member,
  settled: readonly Settled[],
  known: ReadonlyMap<string, Resource>,
): Promise<Outcome[]> => {
  const missing = settled.flatMap(({ id }) => (id !== undefined && !known.has(id) ? [id] : []));
  const resources = new Map([...known, ...(await findResources(table, organization.id, missing))]);
  const ownerOf = await findOwners(
    table,
    organization.id,
    [...resources.values()].map(({ holderId }) => holderId),
  );
  const tree = await poolTree(table, organization.id, organization.treeVersion);
  return settled.map(({ outcome, id, code, detail }) => {
    const resource = resources.get(id ?? '');
    return {
      outcome,
      ...(resource && { resource: resourceView(resource, ownerOf, tree) }),
      ...(code && { code }),
      ...(detail !== undefined && { detail }),
    };
  });
};
