import type { Failure } from '../errors.ts';
import { chargeOf, type Charge } from '../fair-use/charge.ts';
import { parallelPartsMax } from '../limits.ts';
import type { Services } from '../ports.ts';
import { err, ok, type Result } from '../result.ts';
import { retryStale } from '../retry.ts';
import type { Pausing, Table } from '../table/table.ts';
import { findRemembered, rememberResponse } from './idempotency.ts';
import { inParallel, valuesOf, type End } from './in-parallel.ts';
import { prepareMember, type Declaration, type MemberRequest } from './operation.ts';
import { findParts, type Division, type Part } from './parts.ts';
import type { RequiredRight } from './access.ts';
import type { Caller, Idempotency, Input, Operation, Output, Route } from './route.ts';

/** A part that is still to be written. */
export interface OpenPart<Item> extends Part<Item> {
  /** The id of its audit event. The ids of all parts are minted at once, so that the audit log has them in the order of the request. */
  eventId: string;
}

/** The services and the request with which a part is decided and written. */
export interface Own<R extends Route> {
  services: Services;
  request: MemberRequest<R>;
}

/** What is decided for a whole bulk request before its parts are written. */
export interface Opening<Decision, Held> {
  /** The decisions, one for each part. */
  decisions: readonly Decision[];
  /** What the request holds for its parts, so that they need not write a common item. */
  held?: Held | undefined;
}

/** The end of a part: its outcomes if it was written, by this request or an earlier one. */
export interface PartEnd {
  start: number;
  kind: End<unknown>['kind'];
  outcomes: readonly unknown[];
}

export interface Batch<R extends BulkRoute, Item, Decision, Outcome, Held> extends Division<Item> {
  /** The items of the request in order, one for each outcome. Ids of new objects are minted here, in the order of the request. */
  items: (services: Services, input: Input<R>) => Item[];
  /** Keys to read in the same request as the caller's rights, if there are few. */
  reads?: Declaration<R>['reads'];
  ownPartition?: Declaration<R>['ownPartition'];
  /** Reads everything that the parts are decided on at once, and decides them in the order of the request. */
  open: (
    own: Own<R>,
    parts: readonly OpenPart<Item>[],
    idempotency: Idempotency | undefined,
  ) => Promise<Result<Opening<Decision, Held>, Failure | 'retry'>>;
  /** Decides one part with fresh reads, after a concurrent write has invalidated the first decision. */
  decide: (own: Own<R>, part: OpenPart<Item>, held: Held | undefined) => Promise<Result<Decision, Failure | 'retry'>>;
  /** Writes a part in one transaction, which also remembers its outcomes. */
  write: (
    own: Own<R>,
    part: OpenPart<Item>,
    decision: Decision,
    held: Held | undefined,
  ) => Promise<Result<Outcome[], Failure | 'retry'>>;
  /** Releases the unused rest of `held`, whether or not the parts succeeded. */
  close?: (own: Own<R>, held: Held, ends: readonly PartEnd[], idempotency: Idempotency | undefined) => Promise<void>;
  /** Rebuilds the outcomes of a repeated request from the remembered outcomes and the current state of their objects. */
  replay: (own: Own<R>, remembered: readonly unknown[]) => Promise<Outcome[]>;
  response: (outcomes: Outcome[]) => Output<R>;
}

/**
 * The shell of an operation on a list of items that does not fit one transaction.
 *
 * It reads and decides for the whole list once, and then writes the parts in parallel, each in a transaction of its own. The
 * parts write no common item, but all of them check that the caller still has the right, and some that the pools are unchanged.
 * DynamoDB cancels a transaction that includes an item of another one in progress, and does not exempt items that both only
 * check. Sources: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling
 * and Idziorek et al., "Distributed Transactions at Scale in Amazon DynamoDB", USENIX ATC 2023, section 3: an item in a prepared
 * transaction is not accepted into another. A right must be a condition of each write, so these checks cannot be dropped.
 * Instead the parts run in parallel only while they do not conflict (see `inParallel` and `parallelPartsMax`).
 *
 * - A part that loses a race, or that a request with the same `Idempotency-Key` wrote first, is read and decided again on its own.
 * - If a part fails, no further part begins, and the caller gets the first failure in the order of the request. Parts that are
 *   already written stay. A repeated request with the same `Idempotency-Key` replays them and writes the others.
 */
export const batchOperation =
  <R extends BulkRoute, Item, Decision, Outcome, Held = undefined>(
    route: R,
    batch: Batch<R, Item, Decision, Outcome, Held>,
  ): Operation<R> =>
  (services) =>
  async (caller, input) => {
    const call = { route, batch, services, caller, input };
    const items = batch.items(services, input);
    const charge = chargeOf(services, route, caller.personId, input);
    const opened = await retryStale(services.clock, () => open(call, items, charge));
    if (!opened.ok) return opened;
    const { own, parts, openParts, decisions, held, shown } = opened.value;

    const ends = await inParallel([...openParts.entries()], parallelPartsMax, ([index, part], pausing) => {
      let decision = decisions[index];
      return retryStale(services.clock, async () => {
        if (decision === undefined) return decideAgain(call, part, held, pausing);
        const first = decision;
        decision = undefined;
        return batch.write(ownOf(own, part, input, pausing), part, first, held);
      });
    });
    if (held !== undefined) {
      const endOfPart = new Map(openParts.map(({ start }, index) => [start, ends[index]]));
      await batch.close?.(
        own,
        held,
        parts.map(({ start, remembered }) => partEnd(start, remembered, endOfPart.get(start))),
        input.idempotency,
      );
    }
    const written = valuesOf(ends);
    if (!written.ok) return written;
    const remembered = parts.flatMap((part) => part.remembered ?? []);
    const replayed = remembered.length > 0 ? await batch.replay(own, remembered) : [];
    const outcomes = parts.flatMap((part) =>
      part.remembered ? replayed.splice(0, part.remembered.length) : (written.value.shift() ?? []),
    );
    return ok(shown(route.response, batch.response(outcomes)));
  };

type BulkRoute = Route & { access: readonly RequiredRight[] };

interface BulkCall<R extends BulkRoute, Item, Decision, Outcome, Held> {
  route: R;
  batch: Batch<R, Item, Decision, Outcome, Held>;
  services: Services;
  caller: Caller;
  input: Input<R>;
}

const partEnd = (start: number, remembered?: readonly unknown[], end?: End<readonly unknown[]>): PartEnd =>
  remembered
    ? { start, kind: 'done', outcomes: remembered }
    : { start, kind: end?.kind ?? 'not begun', outcomes: end?.kind === 'done' ? end.value : [] };

const open = async <R extends BulkRoute, Item, Decision, Outcome, Held>(
  { route, batch, services, caller, input }: BulkCall<R, Item, Decision, Outcome, Held>,
  items: readonly Item[],
  charge: Charge,
) => {
  const prepared = await prepareMember(route.access, batch, services, caller, input, charge);
  if (!prepared.ok) return prepared;
  const { table, request, shown } = prepared.value;
  const own: Own<R> = { services: { ...services, table }, request };
  const parts = await findParts(items, batch, (part) => findPart(own, input, part));
  if (!parts.ok) return parts;
  const openParts = parts.value
    .filter(({ remembered }) => remembered === undefined)
    .map((part): OpenPart<Item> => ({ ...part, eventId: services.ids.next('evt') }));
  const opening: Result<Opening<Decision, Held>, Failure | 'retry'> = openParts.length > 0
    ? await batch.open(own, openParts, input.idempotency)
    : ok({ decisions: [] });
  if (!opening.ok) return opening;
  const { decisions, held } = opening.value;
  return ok({ own, parts: parts.value, openParts, decisions, held, shown });
};

const decideAgain = async <R extends BulkRoute, Item, Decision, Outcome, Held>(
  { route, batch, services, caller, input }: BulkCall<R, Item, Decision, Outcome, Held>,
  part: OpenPart<Item>,
  held: Held | undefined,
  pausing: Pausing,
): Promise<Result<Outcome[], Failure | 'retry'>> => {
  const idempotency = idempotencyOf(input, part);
  const prepared = await prepareMember(route.access, { ownPartition: batch.ownPartition }, services, caller, {
    ...input,
    idempotency,
  });
  if (!prepared.ok) return prepared;
  const { table, request } = prepared.value;
  const own = ownOf({ services: { ...services, table }, request }, part, input, pausing);
  const remembered = await findPart(own, input, part);
  if (!remembered.ok) return remembered;
  if (remembered.value) {
    // An earlier version of Roster may be writing the same request in other parts at this moment.
    return remembered.value.length === part.items.length ? ok(await batch.replay(own, remembered.value)) : err('retry');
  }
  const decided = await batch.decide(own, part, held);
  return decided.ok ? batch.write(own, part, decided.value, held) : decided;
};

const idempotencyOf = <R extends Route>({ idempotency }: Input<R>, { name }: Part<unknown>): Idempotency | undefined =>
  idempotency && { ...idempotency, part: name };

const findPart = async <R extends Route>(
  { services: { table }, request: { organization, now } }: Own<R>,
  input: Input<R>,
  part: Part<unknown>,
): Promise<Result<readonly unknown[] | undefined>> => {
  const found = await findRemembered(table, organization.id, idempotencyOf(input, part), now);
  return found.ok ? ok(found.value?.response as readonly unknown[] | undefined) : found;
};

/** The services and the request for one part: it remembers the outcomes of that part, and lets others go first after a conflict. */
const ownOf = <R extends Route>(
  { services, request }: Own<R>,
  part: Part<unknown>,
  input: Input<R>,
  pausing: Pausing,
): Own<R> => {
  const table: Table = { ...services.table, transact: (writes) => services.table.transact(writes, pausing) };
  const remember = (response: unknown) =>
    rememberResponse(request.organization.id, idempotencyOf(input, part), response, request.now);
  return { services: { ...services, table }, request: { ...request, remember } };
};
