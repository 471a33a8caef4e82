import { batchOperation, type OpenPart, type Own } from '../api/batch-operation.ts';
import type { MemberRequest } from '../api/operation.ts';
import type { Output } from '../api/route.ts';
import { audit } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import { declaredReadsMax } from '../limits.ts';
import type { Services } from '../ports.ts';
import { ok, type Result } from '../result.ts';
import { committed } from '../retry.ts';
import { requireKnownPools, treeUnchanged } from '../roles/known-pools.ts';
import { nameOfPool } from '../roles/pool-tree.ts';
import { formatAssignment } from '../roles/role.ts';
import { dueNow } from '../table/keys.ts';
import { guard, put, type Write } from '../table/write.ts';
import { addressFree, endReplaced, holdAddress, replaceable, type AddressState } from './address.ts';
import {
  countCreated,
  decideOutcomes,
  invitable,
  outcomeKeys,
  readAddresses,
  type AddressFacts,
  type DecidedOutcome,
} from './decide-outcomes.ts';
import { evaluateInvites } from './evaluate-invite.ts';
import { findInvites } from './find-invite.ts';
import { inviteItem, namedInvite, newInvite, type Invite } from './invite.ts';
import { inviteRoutes } from './invite-routes.ts';
import { inviteesOf, inviteesPerTransaction, rolesNamedIn, type Invitee } from './invitees.ts';
import { inviteView } from './invite-view.ts';
import { quotaKeys, readQuota, readQuotaLeft, takeQuota, type Requester } from './quota.ts';
import { requireShortResponse } from './require-short-response.ts';
import { findReservation, reserve, returnUnused, type Reservation } from './reservation.ts';

type InviteUsers = typeof inviteRoutes.inviteUsers;
type Request = MemberRequest<InviteUsers>;
type Outcome = Output<InviteUsers>['results'][number];

/** An invitee with the id of the invite, if there is one. The ids are minted in the order of the request. */
interface Candidate extends Invitee {
  inviteId: string;
}

type CandidatePart = OpenPart<Candidate>;

/** The outcome of an address as a remembered response stores it. The invite itself is read again, so that its current state is shown. */
interface RememberedOutcome {
  email: string;
  outcome: Outcome['outcome'];
  inviteId?: string | undefined;
}

/**
 * Invites up to 1,000 addresses, in parts (see `batchOperation`). The items that parallel parts share are the actor's membership
 * and the organization with its tree version, which they only check. The quota is not among them: a call with several parts
 * reserves its mails first (see `Reservation`). The reservation follows the order of the request, so the first addresses that can
 * be invited are. If an address becomes free or taken after that, no mail passes from its part to another: unused mails are
 * returned, and a repeated call can use them.
 */
export const inviteUsers = batchOperation<InviteUsers, Candidate, DecidedOutcome[], Outcome, Reservation>(
  inviteRoutes.inviteUsers,
  {
    name: 'addresses',
    items: ({ ids }, { body }) => inviteesOf(body).map((invitee) => ({ ...invitee, inviteId: ids.next('inv') })),
    lengthOf: inviteesPerTransaction,
    // If there are few enough addresses, their items are read in the same request as the caller's rights.
    ownPartition: true,
    reads: ({ organizationId, personId, body, now }) => {
      const quota = quotaKeys({ organizationId, personId }, now);
      const all = [...quota, ...outcomeKeys(organizationId, invitable(inviteesOf(body)))];
      // One key is left for the remembered response.
      return all.length < declaredReadsMax ? all : quota;
    },
    open: async (own, parts, idempotency) => {
      const { services, request } = own;
      const { organization, body, now } = request;
      const invitees = inviteesOf(body);
      const several = invitees.length > inviteesPerTransaction(invitees);
      const valid = await requireValid(request);
      if (!valid.ok) return valid;
      const [facts, { quota, left }, found] = await Promise.all([
        readParts(own, parts),
        readQuotas(own),
        findReservation(services.table, organization.id, several ? idempotency : undefined, now),
      ]);
      if (!found.ok) return found;
      const decisions = decideParts(own, parts, { facts, held: found.value, left });
      const mails = mailsOf(parts, decisions);
      if (found.value || body.dryRun || parts.length === 1 || mails === undefined)
        return ok({ decisions, held: found.value });
      const reserved = await reserve(services.table, requesterOf(request), mails, { now, quota, idempotency });
      return reserved.ok ? ok({ decisions, held: reserved.value }) : reserved;
    },
    decide: async (own, part, held) => {
      const valid = await requireValid(own.request);
      if (!valid.ok) return valid;
      const [facts, { left }] = await Promise.all([readParts(own, [part]), readQuotas(own)]);
      return ok(decideParts(own, [part], { facts, held, left }).flat());
    },
    write: (own, part, decided, held) => invite(own, part, decided, held),
    close: ({ services: { table }, request }, held, ends, idempotency) =>
      returnUnused(table, requesterOf(request), held, ends, idempotency),
    replay: ({ services: { table }, request }, remembered) =>
      outcomesAgain(table, request, remembered as RememberedOutcome[]),
    response: (results) => {
      const summary: Output<InviteUsers>['summary'] = {};
      for (const { outcome } of results) summary[outcome] = (summary[outcome] ?? 0) + 1;
      return { summary, results };
    },
  },
);

const readParts = async (
  { services: { table }, request: { organization, now, tree } }: Own<InviteUsers>,
  parts: readonly CandidatePart[],
): Promise<AddressFacts> =>
  readAddresses(table, organization.id, invitable(parts.flatMap(({ items }) => items)), { tree: await tree(), now });

const requesterOf = ({ organization, actor }: Pick<Request, 'organization' | 'actor'>): Requester => ({
  organizationId: organization.id,
  personId: actor.personId,
});

const readQuotas = async ({ services: { table, settings }, request }: Own<InviteUsers>) => {
  const { organization, now } = request;
  const quota = await readQuota(table, organization, { settings, now });
  return { quota, left: await readQuotaLeft(table, requesterOf(request), quota, now) };
};

/** Decides the addresses of each part. A part uses the mails reserved for it; without a reservation, the parts share what is left of the quota. */
const decideParts = (
  { request: { organization } }: Own<InviteUsers>,
  parts: readonly CandidatePart[],
  { facts, held, left }: { facts: AddressFacts; held: Reservation | undefined; left: number },
): DecidedOutcome[][] => {
  let rest = left;
  return parts.map(({ items, start }) => {
    const decided = decideOutcomes(organization, facts, items, held?.mails[start] ?? rest);
    rest -= countCreated(decided);
    return decided;
  });
};

/** The mails that each part needs; undefined if no part needs any. */
const mailsOf = (
  parts: readonly CandidatePart[],
  decisions: readonly (readonly DecidedOutcome[])[],
): Reservation['mails'] | undefined => {
  const mails = parts.map(({ start }, index) => [start, countCreated(decisions[index] ?? [])] as const);
  return mails.some(([, count]) => count > 0) ? Object.fromEntries(mails) : undefined;
};

/**
 * Invites the addresses of one part in one transaction. It succeeds only if all addresses to be invited are still free and
 * within the quota.
 */
const invite = async (
  { services: { table, settings }, request }: Own<InviteUsers>,
  { items, start, eventId }: CandidatePart,
  decided: readonly DecidedOutcome[],
  held: Reservation | undefined,
): Promise<Result<Outcome[], Failure | 'retry'>> => {
  const { actor, organization, body, now, remember, stillAllowed } = request;
  if (body.dryRun) return ok(decided.map(shownOutcome));

  const tree = await request.tree();
  const invites = decided.map((each, index) => inviteFor(each, request, items[index], eventId));
  const created = invites.filter((each) => each !== undefined);
  const outcomes: RememberedOutcome[] = decided.map(({ email, outcome }, index) => ({
    email,
    outcome,
    inviteId: invites[index]?.id,
  }));
  const inviter = { id: actor.userId, name: actor.name };
  const views = decided.map((each, index): Outcome => {
    const made = invites[index];
    return {
      ...shownOutcome(each),
      ...(made && {
        invite: inviteView({ invite: made, status: 'pending', shownInviter: inviter, firstInviter: inviter }, tree),
      }),
    };
  });
  const remembering = remember(outcomes);
  if (created.length === 0 && remembering.length === 0) return ok(views);
  const isReserved = held?.mails[start] !== undefined;
  const transaction = await table.transact<'retry' | 'forbidden' | 'replayed'>([
    ...remembering,
    ...decided.flatMap(({ replaces }, index) => inviteWrites(invites[index], replaces, now)),
    treeUnchanged(organization.id, organization.treeVersion),
    ...stillAllowed,
    ...(created.length > 0 && !isReserved
      ? takeQuota(requesterOf(request), created.length, {
          now,
          quota: await readQuota(table, organization, { settings, now }),
          otherwise: 'retry',
        })
      : []),
    ...(created.length > 0
      ? audit(
          {
            organizationId: organization.id,
            id: eventId,
            at: now,
            actor: inviter,
            action: 'invites_created',
            targets: created.map(namedInvite),
            requestId: actor.requestId,
            ...ownRoles(items, invites),
          },
          nameOfPool(tree),
        )
      : []),
  ]);
  return committed(transaction, views);
};

/** The details of the audit event: the roles of those invitees who get other roles than the common ones of the request. */
const ownRoles = (
  items: readonly Invitee[],
  invites: readonly (Invite | undefined)[],
): { details?: { roles: Record<string, string[]> } } => {
  const roles = invites.flatMap((made, index) =>
    made && items[index]?.hasOwnRoles ? [[made.id, made.assignments.map(formatAssignment)] as const] : [],
  );
  return roles.length > 0 ? { details: { roles: Object.fromEntries(roles) } } : {};
};

const shownOutcome = ({ email, outcome, removedUserId }: DecidedOutcome): Outcome => ({
  email,
  outcome,
  ...(removedUserId !== undefined && { removedUserId }),
});

/** Refuses a request that is impossible as a whole. */
const requireValid = async (request: Request): Promise<Result<void>> => {
  const tree = await request.tree();
  const short = requireShortResponse(request.body, tree);
  return short.ok ? requireKnownPools(tree, ...rolesNamedIn(request.body)) : short;
};

const inviteFor = (
  { email, outcome, removedUserId }: DecidedOutcome,
  { actor, organization, body, now }: Request,
  candidate: Candidate | undefined,
  createdIn: string,
): Invite | undefined =>
  candidate && outcome === 'created'
    ? newInvite(
        {
          id: candidate.inviteId,
          createdIn,
          organizationId: organization.id,
          email,
          assignments: candidate.roles,
          ...(body.message && { message: body.message }),
          ...(removedUserId !== undefined && { removedUserId }),
          invitedBy: actor.userId,
          lifetimeDays: body.expiresInDays ?? organization.inviteExpiryDays,
        },
        now,
      )
    : undefined;

const inviteWrites = (
  created: Invite | undefined,
  replaces: AddressState | undefined,
  now: string,
): Write<'retry'>[] =>
  created
    ? [
        put({ ...inviteItem(created), ...dueNow(now) }),
        holdAddress(created, guard(addressFree(now, ...replaceable(replaces)), 'retry')),
        ...endReplaced(replaces, 'revoked', now),
      ]
    : [];

/** Rebuilds the outcomes for a repeated request, with the invites in their current state. */
const outcomesAgain = async (
  table: Services['table'],
  { organization, now, tree }: Request,
  remembered: RememberedOutcome[],
): Promise<Outcome[]> => {
  const inviteIds = remembered.flatMap(({ inviteId }) => inviteId ?? []);
  const invites = await findInvites(table, organization.id, inviteIds);
  const pools = await tree();
  const evaluated = await evaluateInvites(table, organization.id, invites, { tree: pools, now });
  const byId = new Map(evaluated.map((each) => [each.invite.id, each]));
  return remembered.map(({ email, outcome, inviteId }) => {
    const found = byId.get(inviteId ?? '');
    return {
      email,
      outcome,
      ...(found?.invite.removedUserId !== undefined && { removedUserId: found.invite.removedUserId }),
      ...(found && { invite: inviteView(found, pools) }),
    };
  });
};
