import { inParts, type Part } from '../api/in-parts.ts';
import { operation, type MemberRequest } from '../api/operation.ts';
import type { Operation, Output } from '../api/route.ts';
import { audit } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import {
  declaredReadsMax,
  inviteAddressesPerTransaction,
  inviteRepeatedBytesMax,
  inviteRolesTotalMax,
} from '../limits.ts';
import type { Services } from '../ports.ts';
import { fail, ok, type Result } from '../result.ts';
import { committed } from '../retry.ts';
import { requireKnownPools, treeUnchanged } from '../roles/known-pools.ts';
import type { PoolTree } from '../roles/pool-tree.ts';
import { dueNow } from '../table/keys.ts';
import { guard, put, type Write } from '../table/write.ts';
import { answeredBytes } from '../text.ts';
import { roleViews } from '../users/user-view.ts';
import { addressFree, holdAddress } from './address.ts';
import { decideOutcomes, invitable, outcomeKeys, type DecidedOutcome } from './decide-outcomes.ts';
import { evaluateInvites } from './evaluate-invite.ts';
import { findInvites } from './find-invite.ts';
import { inviteItem, namedInvite, newInvite, type Invite } from './invite.ts';
import { inviteRoutes } from './invite-routes.ts';
import { inviteView } from './invite-view.ts';
import { takeQuota } from './quota.ts';
import { sortAddresses, type SortedAddress } from './sort-addresses.ts';

type InviteUsers = typeof inviteRoutes.inviteUsers;
type Request = MemberRequest<InviteUsers>;
type Outcome = Output<InviteUsers>['results'][number];
type AddressPart = Part<SortedAddress, Outcome>;

export const inviteUsers: Operation<InviteUsers> = (services) => async (caller, input) => {
  const results = await inParts<SortedAddress, Outcome>(
    sortAddresses(input.body.emails),
    { size: inviteAddressesPerTransaction, name: 'addresses' },
    async (part) => {
      const invitePart = operation(
        inviteRoutes.inviteUsers,
        {
          // If there are few enough addresses, their items are read in the same request as the caller's rights.
          reads: ({ organizationId, now }) => {
            const all = outcomeKeys(organizationId, invitable(part.items), now);
            return all.length <= declaredReadsMax ? all : [];
          },
          replay: async ({ table }, request, remembered) =>
            withoutSummary(await outcomesAgain(table, request, remembered as RememberedOutcome[])),
        },
        async (own, request) => {
          const invited = await invite(own, request, part);
          return invited.ok ? ok(withoutSummary(invited.value)) : invited;
        },
      );
      const { idempotency } = input;
      const result = await invitePart(services)(caller, {
        ...input,
        idempotency: idempotency && { ...idempotency, part: part.name },
      });
      return result.ok ? ok(result.value.results) : result;
    },
  );
  if (!results.ok) return results;
  const summary: Output<InviteUsers>['summary'] = {};
  for (const { outcome } of results.value) summary[outcome] = (summary[outcome] ?? 0) + 1;
  return ok({ summary, results: results.value });
};

/** A response with the outcomes of one part. The summary is computed at the end from the outcomes of all parts. */
const withoutSummary = (results: Outcome[]): Output<InviteUsers> => ({ summary: {}, results });

/** The outcome of an address as a remembered response stores it. The invite itself is read again, so that its current state is shown. */
interface RememberedOutcome {
  email: string;
  outcome: Outcome['outcome'];
  inviteId?: string | undefined;
}

/**
 * Invites the addresses of one part in one transaction. It succeeds only if all addresses to be invited are still free and
 * within the quota.
 */
const invite = async (
  { table, ids, settings }: Pick<Services, 'table' | 'ids' | 'settings'>,
  request: Request,
  { items, earlier }: AddressPart,
): Promise<Result<Outcome[], Failure | 'retry'>> => {
  const { actor, organization, body, now, remember, stillAllowed } = request;
  const tree = await request.tree();
  const fits = requireShortResponse(request, tree);
  if (!fits.ok) return fits;
  const known = requireKnownPools(tree, body.roles, '/roles');
  if (!known.ok) return known;
  // A dry run does not use up the quota, so what earlier parts would have used is subtracted here.
  const promised = body.dryRun ? earlier.filter(({ outcome }) => outcome === 'created').length : 0;
  const decided = await decideOutcomes(table, organization.id, items, { now, quota: settings.inviteQuota - promised });
  if (body.dryRun) return ok(decided.map(({ email, outcome }) => ({ email, outcome })));

  const eventId = ids.next('evt');
  const invites = decided.map((each) => inviteFor(each, request, { id: ids.next('inv'), createdIn: eventId }));
  const created = invites.filter((each) => each !== undefined);
  const outcomes: RememberedOutcome[] = decided.map(({ email, outcome }, index) => ({
    email,
    outcome,
    inviteId: invites[index]?.id,
  }));
  const inviter = { id: actor.userId, name: actor.name };
  const views = decided.map(({ email, outcome }, index): Outcome => {
    const made = invites[index];
    return {
      email,
      outcome,
      ...(made && { invite: inviteView({ invite: made, status: 'pending', shownInviter: inviter }, tree) }),
    };
  });
  const remembering = remember(outcomes);
  if (created.length === 0 && remembering.length === 0) return ok(views);
  const transaction = await table.transact<'retry' | 'forbidden' | 'replayed'>([
    ...remembering,
    ...decided.flatMap(({ replaces }, index) => inviteWrites(invites[index], replaces, now)),
    treeUnchanged(organization.id, organization.treeVersion),
    ...stillAllowed,
    ...(created.length > 0
      ? [
          takeQuota(organization.id, created.length, { now, quota: settings.inviteQuota, otherwise: 'retry' }),
          ...audit({
            organizationId: organization.id,
            id: eventId,
            at: now,
            actor: inviter,
            action: 'invites_created',
            targets: created.map(namedInvite),
            requestId: actor.requestId,
          }),
        ]
      : []),
  ]);
  return committed(transaction, views);
};

const requireShortResponse = ({ body: { emails, roles, message } }: Request, tree: PoolTree): Result<void> => {
  const tooBig = (detail: string, field: string) =>
    fail('invalid_request', detail, { errors: [{ pointer: '/emails', code: 'too_big', detail: field }] });
  if (emails.length * roles.length > inviteRolesTotalMax)
    return tooBig(
      `At most ${inviteRolesTotalMax} roles in all: invite fewer addresses at a time.`,
      `Addresses times roles: at most ${inviteRolesTotalMax}.`,
    );
  const repeated = answeredBytes(JSON.stringify([roleViews(roles, tree), message]));
  return emails.length * repeated > inviteRepeatedBytesMax
    ? tooBig(
        'The answer would be too long: invite fewer addresses at a time.',
        `At most ${Math.floor(inviteRepeatedBytesMax / repeated)} addresses with these roles and this message.`,
      )
    : ok(undefined);
};

const inviteFor = (
  { email, outcome }: DecidedOutcome,
  { actor, organization, body, now }: Request,
  given: Pick<Invite, 'id' | 'createdIn'>,
): Invite | undefined =>
  outcome === 'created'
    ? newInvite(
        {
          ...given,
          organizationId: organization.id,
          email,
          assignments: body.roles,
          ...(body.message && { message: body.message }),
          invitedBy: actor.userId,
          lifetimeDays: body.expiresInDays ?? organization.inviteExpiryDays,
        },
        now,
      )
    : undefined;

const inviteWrites = (created: Invite | undefined, replaces: string | undefined, now: string): Write<'retry'>[] =>
  created
    ? [
        put({ ...inviteItem(created), ...dueNow(now) }),
        holdAddress(created, guard(addressFree(now, ...(replaces === undefined ? [] : [replaces])), 'retry')),
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
  const evaluated = await evaluateInvites(table, organization.id, invites, now);
  const byId = new Map(evaluated.map((each) => [each.invite.id, each]));
  const pools = await tree();
  return remembered.map(({ email, outcome, inviteId }) => {
    const found = byId.get(inviteId ?? '');
    return { email, outcome, ...(found && { invite: inviteView(found, pools) }) };
  });
};
