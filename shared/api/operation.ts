import type { Anonymous, Member, Person } from '../actor.ts';
import type { Failure } from '../errors.ts';
import { chargeOf, uncharged, type Charge } from '../fair-use/charge.ts';
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
import { askAccountCheck, callerAccount } from '../users/caller-account.ts';
import { markSeen } from '../users/mark-seen.ts';
import { parseMembership } from '../users/user.ts';
import type { RequiredRight } from './access.ts';
import { openCursor, sealCursor } from './cursor.ts';
import { decideItem, decideRights, fitsRole, targetKeys } from './decide-rights.ts';
import { findRemembered, rememberedKeys, rememberResponse } from './idempotency.ts';
import { requireSignIn } from './require-sign-in.ts';
import { hidesAddresses, withoutHidden } from './without-hidden.ts';
import type { Caller, Input, Operation, Output, Route } from './route.ts';

/** The data of a request that is known before the caller's rights are read. */
export interface Asked<R extends Route> {
  organizationId: string;
  personId: string;
  params: Input<R>['params'];
  query: Input<R>['query'];
  body: Input<R>['body'];
  now: string;
  /** The organization's pools as cached by this function, possibly outdated. Use them only to guess which keys to prefetch. */
  pools: PoolTree<Pool> | undefined;
}

/** The request that every operation gets. The route's `access` determines the type of the actor. */
interface CommonRequest<R extends Route, Actor> {
  actor: Actor;
  params: Input<R>['params'];
  query: Input<R>['query'];
  body: Input<R>['body'];
  /** The time at which the attempt began. */
  now: string;
  /** Writes that store the response for the request's `Idempotency-Key`; none without a key. They belong in the transaction. */
  remember(response: unknown): Write<'replayed'>[];
}

/** A request by a member of the organization, after the permission matrix allowed it. */
export interface MemberRequest<R extends Route> extends CommonRequest<R, Member> {
  organization: Organization;
  /** Returns the organization's pools from the cache if the tree version is unchanged. Otherwise reads them, 1 MB per request. */
  tree(): Promise<PoolTree<Pool>>;
  /** Conditions for the operation's write: the actor still has every right that the route requires. */
  stillAllowed: Write<'forbidden'>[];
  /** Decides the right on one item, for routes with `on: 'each item'`. Returns the condition for the write, or the refusal. */
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
  /** Keys that are known from the request alone, at most `declaredReadsMax`. They are read in one request with the caller's rights. */
  reads?: (asked: Asked<R>, services: Pick<Services, 'secrets'>) => Key[];
  /** Queries to run in parallel with the read of the caller's rights. They run only if this function admitted the caller before. */
  queries?: R['access'] extends string ? never : (asked: Asked<R>) => Query[];
  /** The object whose version `If-Match` is compared with. If undefined, the check is skipped and the operation decides. */
  versioned?: (services: Services, request: RequestOf<R>) => Promise<{ version: number } | undefined>;
  /** The operation also reads and writes the platform partition of the caller. */
  ownPartition?: true | undefined;
  /** For routes that require no membership: returns the organization to whose data the request leads. */
  tenant?: (input: Input<R>) => string | undefined;
}

/**
 * The shell in which every operation runs: one read, one decision, one write.
 *
 * Each attempt reads the caller's membership together with the keys that the operation declares, lets the permission matrix
 * decide, answers a repeated request with the remembered response, checks `If-Match`, and only then runs the operation. An
 * operation returns `retry` if a concurrent write invalidated its decision: the shell then starts over with fresh reads.
 *
 * @example
 * export const deletePool = operation(poolRoutes.deletePool, { versioned: poolOfRequest }, async (services, request) => …);
 */
export const operation =
  <R extends Route>(route: R, declaration: Declaration<R>, run: Run<R>): Operation<R> =>
  (services) =>
  (caller, input) => {
    const charge = chargeOf(services, route, caller.personId, input);
    return retryStale(services.clock, () => attempt(route, declaration, run, services, caller, input, charge));
  };

const attempt = async <R extends Route>(
  route: R,
  declaration: Declaration<R>,
  run: Run<R>,
  services: Services,
  caller: Caller,
  input: Input<R>,
  charge: Charge,
): Promise<Result<Output<R>, Failure | 'retry'>> => {
  const { access } = route;
  const prepared =
    typeof access === 'string'
      ? prepareOpen(access, declaration, services, caller, input)
      : await prepareMember(access, declaration, services, caller, input, charge);
  if (!prepared.ok) return prepared;
  const { table, request, answersTenant, answersTable, shown } = prepared.value;
  const ownServices = { ...services, table };
  const [charged, remembered] = await Promise.all([
    charge.begin(),
    findRemembered(answersTable, answersTenant, input.idempotency, request.now),
  ]);
  if (!charged.ok) return charged;
  if (!remembered.ok) return remembered;
  if (remembered.value) return ok(shown(route.response, remembered.value.response) as Output<R>);
  if (input.ifMatch !== undefined) {
    const versioned = await declaration.versioned?.(ownServices, request);
    if (versioned && versioned.version !== input.ifMatch) return fail('stale_version');
  }
  const result = await run(ownServices, request);
  return result.ok ? ok(shown(route.response, result.value)) : result;
};

/** The table and the request with which an attempt runs. */
interface Prepared<Request> {
  table: ReadOnceTable;
  request: Request;
  /** The tenant under whose keys the remembered responses of this caller are stored. */
  answersTenant: string;
  answersTable: Table;
  shown: Shown;
}

/** A response as the caller may see it. */
export type Shown = <T>(schema: Route['response'], response: T) => T;

const inputPart = <R extends Route>({ params, query, body }: Input<R>) => ({ params, query, body });

/** Prepares a request to a route that requires no membership. */
const prepareOpen = <R extends Route>(
  access: 'public' | 'person',
  { tenant, reads }: Declaration<R>,
  services: Services,
  { personId = '', requestId, token }: Caller,
  input: Input<R>,
): Result<Prepared<RequestOf<R>>> => {
  if (access === 'person' && personId === '') return fail('unauthorized');
  const organizationId = tenant?.(input) ?? '';
  const answersTenant = partitions.person(personId);
  const answersTable = services.personTable(personId);
  const table = readOnce(organizationId ? services.tenantTable(organizationId) : services.table);
  const now = services.clock.now();
  const asked: Asked<R> = { organizationId, personId, ...inputPart(input), now, pools: undefined };
  if (organizationId) table.prefetch(bounded(reads?.(asked, services) ?? []));
  const request = {
    actor: access === 'person' ? { personId, requestId, token } : { requestId },
    ...inputPart(input),
    now,
    remember: (response: unknown) => rememberResponse(answersTenant, input.idempotency, response, now),
  };
  const shown: Shown = (_schema, response) => response;
  return ok({ table, request: request as unknown as RequestOf<R>, answersTenant, answersTable, shown });
};

/** Prepares a request by a member. An outsider always gets the same failure, so that it reveals nothing about the organization. */
export const prepareMember = async <R extends Route>(
  access: readonly RequiredRight[],
  { reads, queries, ownPartition }: Declaration<R>,
  services: Services,
  { personId, requestId, token }: Caller,
  input: Input<R>,
  charge = uncharged,
): Promise<Result<Prepared<MemberRequest<R>>, Failure | 'retry'>> => {
  if (personId === undefined) return fail('unauthorized');
  const { organizationId } = input.params as { organizationId: string };
  const { admitted, clock } = services;
  const table = readOnce(
    ownPartition ? services.tenantTable(organizationId, partitions.person(personId)) : services.table,
  );
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
  const [organizationItem, membershipItem] = await Promise.all([
    table.get(organizationKey),
    table.get(membershipKey),
    charge.begin(known ? organizationId : undefined),
  ]);
  if (!organizationItem || !membershipItem) {
    admitted.remove(organizationId, personId);
    return fail('organization_not_found');
  }
  const membership = parseMembership(membershipItem);
  const account = callerAccount(membership, token);
  if (account === 'closed') return fail('own_account_disabled');
  const charged = await charge.complete(organizationId);
  if (!charged.ok) return charged;
  const organization = parseOrganization(organizationItem);
  const actor: Member = {
    personId,
    requestId,
    userId: membership.userId,
    name: membership.name,
    email: membership.email,
    token,
    assignments: membership.assignments,
    organization,
    ...(membership.serviceAccount && { serviceAccount: true }),
  };
  const signIn = requireSignIn(actor, token, now);
  if (!signIn.ok) return signIn;
  const refused = fitsRole(access, actor);
  if (!refused.ok) return refused;
  admitted.add(organizationId, personId);
  let growing: Promise<PoolTree<Pool>> | undefined;
  const tree = () => (growing ??= services.poolTree(services.table, organizationId, organization.treeVersion));
  const decided = await decideRights(access, { actor, table, tree, ...inputPart(input), replays: input.idempotency });
  if (!decided.ok) return decided;
  await markSeen(services, actor, membership.lastSeenAt);
  if (token && account === 'outdated') await askAccountCheck(services, actor, token);
  const view = viewOf(services, actor);
  const request = {
    actor,
    organization,
    ...inputPart(input),
    query: view.query(input.query),
    now,
    tree,
    stillAllowed: decided.value,
    decide: (action: Action, target: Target) => decideItem(actor, action, target),
    remember: (response: unknown) => rememberResponse(organizationId, input.idempotency, response, now),
  };
  return ok({ table, request, answersTenant: organizationId, answersTable: table, shown: view.shown });
};

/** A query with a cursor, and a page of a list. */
interface Paged {
  cursor?: string | undefined;
  nextCursor?: string | undefined;
}

/**
 * What an organization that hides addresses changes for this caller: responses lack them, and cursors, which may contain them, are
 * encrypted.
 */
const viewOf = ({ secrets }: Pick<Services, 'secrets'>, actor: Member) => {
  const { cursorKey } = actor.organization;
  if (!hidesAddresses(actor) || cursorKey === undefined)
    return { query: <Q>(query: Q): Q => query, shown: <T>(_schema: Route['response'], response: T): T => response };
  return {
    query: <Q>(query: Q): Q => {
      const { cursor } = query as Paged;
      return cursor === undefined
        ? query
        : { ...query, cursor: openCursor(cursor, (sealed) => secrets.open(sealed, cursorKey)) };
    },
    shown: <T>(schema: Route['response'], response: T): T => {
      const visible = withoutHidden(schema, response, actor);
      const { nextCursor } = (visible ?? {}) as Paged;
      return nextCursor === undefined
        ? visible
        : { ...visible, nextCursor: sealCursor(nextCursor, (text) => secrets.seal(text, cursorKey)) };
    },
  };
};

const bounded = (all: Key[]): Key[] => {
  if (all.length > declaredReadsMax)
    throw new Error(`An operation declares at most ${declaredReadsMax} keys, not ${all.length}`);
  return all;
};
