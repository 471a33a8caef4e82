import type { Anonymous, Member, Person } from '../actor.ts';
import type { Failure } from '../errors.ts';
import { declaredReadsMax } from '../limits.ts';
import { parseOrganization, type Organization } from '../organizations/organization.ts';
import type { Pool } from '../pools/pool.ts';
import type { Services } from '../ports.ts';
import { fail, ok, type Result } from '../result.ts';
import { retryStale } from '../retry.ts';
import type { Target } from '../roles/authorize.ts';
import type { Action } from '../roles/matrix.ts';
import type { PoolTree } from '../roles/pool-tree.ts';
import { keys, partitions } from '../table/keys.ts';
import { readOnce, type ReadOnceTable } from '../table/read-once.ts';
import type { Query, Table } from '../table/table.ts';
import type { Key, Write } from '../table/write.ts';
import { markSeen } from '../users/mark-seen.ts';
import { parseMembership } from '../users/user.ts';
import type { RequiredRight } from './access.ts';
import { decideItem, decideRights, fitsRole, targetKeys } from './decide-rights.ts';
import { findRemembered, rememberedKeys, rememberResponse } from './idempotency.ts';
import type { Caller, Input, Operation, Output, Route } from './route.ts';

/** What the request alone says, before anybody has decided anything. */
export interface Asked<R extends Route> {
  organizationId: string;
  personId: string;
  params: Input<R>['params'];
  query: Input<R>['query'];
  body: Input<R>['body'];
  now: string;
  /** The organization's pools as this function remembers them: only to guess what will be read, for they may have changed. */
  pools: PoolTree<Pool> | undefined;
}

/** What every operation gets with its input. `Actor`: a member, a person, or anybody, as the route's `access` says. */
interface CommonRequest<R extends Route, Actor> {
  actor: Actor;
  params: Input<R>['params'];
  query: Input<R>['query'];
  body: Input<R>['body'];
  /** The instant at which the attempt began. */
  now: string;
  /** Remembers the response for the request's `Idempotency-Key`, in the operation's own transaction; empty without one. */
  remember(response: unknown): Write<'replayed'>[];
}

/** A request in an organization, of a member whom the matrix allows it. */
export interface MemberRequest<R extends Route> extends CommonRequest<R, Member> {
  organization: Organization;
  /** The organization's pools. Cached by version; else one request per megabyte. */
  tree(): Promise<PoolTree<Pool>>;
  /** Conditions of the operation's write: the actor still has every right that the route required. */
  stillAllowed: Write<'forbidden'>[];
  /** For a route that requires a right on each item: the condition under which the actor still has it, or the refusal. */
  decide(action: Action, target: Target): Result<Write<'forbidden'>[]>;
}

export type RequestOf<R extends Route> = R['access'] extends 'public'
  ? CommonRequest<R, Anonymous>
  : R['access'] extends 'person'
    ? CommonRequest<R, Person>
    : MemberRequest<R>;

type Run<R extends Route> = (
  services: Services,
  request: RequestOf<R>,
) => Promise<Result<Output<R>, Failure | 'retry'>>;

export interface Declaration<R extends Route> {
  /** Keys of what the request alone names, at most `declaredReadsMax`: they are read in the same request as the caller's rights. */
  reads?: (asked: Asked<R>, services: Pick<Services, 'secrets'>) => Key[];
  /** The first page of a list: queried in parallel with the caller's rights, if this function has admitted the caller before. */
  queries?: (asked: Asked<R>) => Query[];
  /** What `If-Match` speaks of. Undefined: there is none, or its version does not matter; the operation says what is wrong. */
  versioned?: (services: Services, request: RequestOf<R>) => Promise<{ version: number } | undefined>;
  /** For routes without an organization in their path: the one that the request leads to. */
  tenant?: (input: Input<R>) => string | undefined;
  /** The response to a repeated request, where what is remembered is not the response itself. */
  replay?: (services: Services, request: RequestOf<R>, remembered: unknown) => Promise<Output<R>>;
}

/**
 * The shell of every operation: one read, one decision, one write.
 *
 * Each attempt reads the caller's membership together with what the operation declares, lets the permission matrix decide,
 * answers a repeated request from what was remembered, checks `If-Match`, and only then runs the operation. An operation that
 * ends in `retry` lost its write to somebody else's: the shell starts over with fresh reads.
 *
 * @example
 * export const deletePool = operation(poolRoutes.deletePool, { versioned: poolOfRequest }, async (services, request) => …);
 */
export const operation =
  <R extends Route>(route: R, declaration: Declaration<R>, run: Run<R>): Operation<R> =>
  (services) =>
  (caller, input) =>
    retryStale(() => attempt(route, declaration, run, services, caller, input));

const attempt = async <R extends Route>(
  route: R,
  declaration: Declaration<R>,
  run: Run<R>,
  services: Services,
  caller: Caller,
  input: Input<R>,
): Promise<Result<Output<R>, Failure | 'retry'>> => {
  const { access } = route;
  const prepared =
    typeof access === 'string'
      ? prepareOpen(access, declaration, services, caller, input)
      : await prepareMember(access, declaration, services, caller, input);
  if (!prepared.ok) return prepared;
  const { table, request, answersTenant, answersTable } = prepared.value;
  const ownServices = { ...services, table };
  const remembered = await findRemembered(answersTable, answersTenant, input.idempotency, request.now);
  if (!remembered.ok) return remembered;
  if (remembered.value) {
    const { response } = remembered.value;
    return ok(declaration.replay ? await declaration.replay(ownServices, request, response) : (response as Output<R>));
  }
  if (input.ifMatch !== undefined) {
    const versioned = await declaration.versioned?.(ownServices, request);
    if (versioned && versioned.version !== input.ifMatch) return fail('stale_version');
  }
  return run(ownServices, request);
};

/** What an attempt runs with. */
interface Prepared<R extends Route> {
  table: ReadOnceTable;
  request: RequestOf<R>;
  /** Where responses of this caller are remembered. */
  answersTenant: string;
  answersTable: Table;
}

const inputPart = <R extends Route>({ params, query, body }: Input<R>) => ({ params, query, body });

/** A route that needs no membership: of a signed-in person, or of anybody. */
const prepareOpen = <R extends Route>(
  access: 'public' | 'person',
  { tenant, reads, queries }: Declaration<R>,
  services: Services,
  { personId = '', requestId }: Caller,
  input: Input<R>,
): Result<Prepared<R>> => {
  if (access === 'person' && personId === '') return fail('unauthorized');
  const organizationId = tenant?.(input) ?? '';
  const answersTenant = partitions.person(personId);
  const answersTable = services.personTable(personId);
  const table = readOnce(organizationId ? services.tenantTable(organizationId) : services.table);
  const now = services.clock.now();
  const pools = services.rememberedPools(organizationId);
  const asked: Asked<R> = { organizationId, personId, ...inputPart(input), now, pools };
  if (organizationId) table.prefetch(bounded(reads?.(asked, services) ?? []), queries?.(asked));
  const request = {
    actor: access === 'person' ? { personId, requestId } : { requestId },
    ...inputPart(input),
    now,
    remember: (response: unknown) => rememberResponse(answersTenant, input.idempotency, response, now),
  };
  return ok({ table, request: request as unknown as RequestOf<R>, answersTenant, answersTable });
};

/** A route of an organization's members. An outsider is told the same whatever the request names. */
const prepareMember = async <R extends Route>(
  access: readonly RequiredRight[],
  { reads, queries }: Declaration<R>,
  services: Services,
  { personId, requestId }: Caller,
  input: Input<R>,
): Promise<Result<Prepared<R>, Failure | 'retry'>> => {
  if (personId === undefined) return fail('unauthorized');
  const { organizationId } = input.params as { organizationId: string };
  const { admitted, clock } = services;
  const table = readOnce(services.table);
  const now = clock.now();
  const pools = services.rememberedPools(organizationId);
  const asked: Asked<R> = { organizationId, personId, ...inputPart(input), now, pools };
  const organizationKey = keys.organization(organizationId);
  const membershipKey = keys.membership(organizationId, personId);
  const known = admitted.has(organizationId, personId);
  table.prefetch(
    [
      organizationKey,
      membershipKey,
      ...bounded([
        ...rememberedKeys(organizationId, input.idempotency),
        ...targetKeys(access, organizationId, inputPart(input)),
        ...(reads?.(asked, services) ?? []),
      ]),
    ],
    known ? queries?.(asked) : [],
  );
  const [organizationItem, membershipItem] = await Promise.all([table.get(organizationKey), table.get(membershipKey)]);
  if (!organizationItem || !membershipItem) {
    admitted.remove(organizationId, personId);
    return fail('organization_not_found');
  }
  const membership = parseMembership(membershipItem);
  const organization = parseOrganization(organizationItem);
  const actor: Member = {
    personId,
    requestId,
    userId: membership.userId,
    name: membership.name,
    assignments: membership.assignments,
    organization,
    ...(membership.serviceAccount && { serviceAccount: true }),
  };
  const refused = fitsRole(access, actor);
  if (!refused.ok) return refused;
  admitted.add(organizationId, personId);
  let growing: Promise<PoolTree<Pool>> | undefined;
  const tree = () => (growing ??= services.poolTree(services.table, organizationId, organization.treeVersion));
  const decided = await decideRights(access, { actor, table, tree, ...inputPart(input), replays: input.idempotency });
  if (!decided.ok) return decided;
  await markSeen(services, actor, membership.lastSeenAt);
  const request = {
    actor,
    organization,
    ...inputPart(input),
    now,
    tree,
    stillAllowed: decided.value,
    decide: (action: Action, target: Target) => decideItem(actor, action, target),
    remember: (response: unknown) => rememberResponse(organizationId, input.idempotency, response, now),
  };
  return ok({ table, request, answersTenant: organizationId, answersTable: table });
};

const bounded = (all: Key[]): Key[] => {
  if (all.length > declaredReadsMax)
    throw new Error(`An operation declares at most ${declaredReadsMax} keys, not ${all.length}`);
  return all;
};
