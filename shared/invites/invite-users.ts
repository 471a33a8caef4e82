import type { Member } from '../actor.ts';
import { parseAnswer, remember } from '../api/idempotency.ts';
import type { Input, Operation, Output } from '../api/route.ts';
import { audit } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import { currentOrganization } from '../organizations/current-organization.ts';
import type { Organization } from '../organizations/organization.ts';
import { requireKnownPools, treeUnchanged } from '../roles/known-pools.ts';
import type { PoolTree } from '../roles/pool-tree.ts';
import type { Services } from '../ports.ts';
import { err, fail, ok, type Result } from '../result.ts';
import { startOver } from '../retry.ts';
import { stillOrganizationManager } from '../roles/entitlement.ts';
import { dueNow, keys } from '../table/keys.ts';
import { put, type Write } from '../table/write.ts';
import { answeredBytes } from '../text.ts';
import { roleViews } from '../users/user-view.ts';
import { addressFree, holdAddress } from './address.ts';
import { decideOutcomes } from './decide-outcomes.ts';
import { takeQuota } from './quota.ts';
import { sortAddresses, type SortedAddress } from './sort-addresses.ts';
import { inviteItem, newInvite, parseInvite, type Invite } from './invite.ts';
import type { inviteRoutes } from './invite-routes.ts';
import { inviteView } from './invite-view.ts';
import { findAnswerable } from './standing.ts';

type InviteUsers = typeof inviteRoutes.inviteUsers;
type Outcome = Output<InviteUsers>['results'][number];

/** Addresses a transaction: 2 items each, and 5 beside them. */
const addressesPerTransaction = 30;

/** Roles of all addresses together, and bytes of what the answer repeats for each: Lambda's holds 6 MB. */
const mostRoles = 10_000;
const mostRepeated = 4_000_000;

export const inviteUsers: Operation<InviteUsers> = (services) => async (actor, input) => {
  const { emails, roles } = input.body;
  if (emails.length * roles.length > mostRoles)
    return fail('invalid_request', `At most ${mostRoles} roles in all: invite fewer addresses at a time.`, {
      errors: [{ pointer: '/emails', code: 'too_big', detail: `Addresses times roles: at most ${mostRoles}.` }],
    });
  const tree = await services.poolTree(services.table, actor.organization.id, actor.organization.treeVersion);
  const repeated = answeredBytes(JSON.stringify([roleViews(roles, tree), input.body.message]));
  if (emails.length * repeated > mostRepeated)
    return fail('invalid_request', 'The answer would be too long: invite fewer addresses at a time.', {
      errors: [
        {
          pointer: '/emails',
          code: 'too_big',
          detail: `At most ${Math.floor(mostRepeated / repeated)} addresses with these roles and this message.`,
        },
      ],
    });
  const results: Outcome[] = [];
  const addresses = sortAddresses(emails);
  for (let start = 0; start < addresses.length; start += addressesPerTransaction) {
    const batch = addresses.slice(start, start + addressesPerTransaction);
    const written = await startOver((stale) =>
      inviteBatch(services, actor, input, {
        batch,
        part: start === 0 ? undefined : `addresses-${start}`,
        promised: input.body.dryRun ? results.filter(({ outcome }) => outcome === 'created').length : 0,
        stale,
      }),
    );
    if (!written.ok) return written;
    results.push(...written.value);
  }
  const summary: Output<InviteUsers>['summary'] = {};
  for (const { outcome } of results) summary[outcome] = (summary[outcome] ?? 0) + 1;
  return ok({ summary, results });
};

interface Batch {
  batch: readonly SortedAddress[];
  /** Names the batch among those of a request that is remembered; the first has no name of its own. */
  part: string | undefined;
  /** Mails of earlier batches that a dry run does not take from the quota. */
  promised: number;
  stale: boolean;
}

/** One batch, in one transaction: what every address of it comes to is decided by what stands when it is written. */
const inviteBatch = async (
  services: Services,
  actor: Member,
  { body, idempotency }: Input<InviteUsers>,
  { batch, part, promised, stale }: Batch,
): Promise<Result<Outcome[], Failure | 'again'>> => {
  const { table, clock, ids, poolTree, settings } = services;
  const now = clock.now();
  const answered =
    idempotency && parseAnswer(await table.get(keys.answer(actor.organization.id, idempotency.request, part)), now);
  const organization = await currentOrganization(table, actor, stale);
  const tree = await poolTree(table, organization.id, organization.treeVersion);
  if (answered)
    return answered.bodyHash === idempotency?.bodyHash
      ? ok(await showAgain(services, organization, tree, answered.answer, now))
      : fail('idempotency_key_reused');
  const known = requireKnownPools(tree, body.roles, '/roles');
  if (!known.ok) return known;

  const decided = await decideOutcomes(table, organization.id, batch, {
    now,
    quota: settings.inviteQuota - promised,
  });
  if (body.dryRun) return ok(decided.map(({ email, outcome }) => ({ email, outcome })));
  const eventId = ids.next('evt');
  const lifetimeDays = body.expiresInDays ?? organization.inviteExpiryDays;
  const invites = decided.map(({ email, outcome }): Invite | undefined =>
    outcome === 'created'
      ? newInvite(
          {
            id: ids.next('inv'),
            organizationId: organization.id,
            email,
            assignments: body.roles,
            ...(body.message && { message: body.message }),
            invitedBy: actor.userId,
            createdIn: eventId,
            lifetimeDays,
          },
          now,
        )
      : undefined,
  );
  const created = invites.filter((invite) => invite !== undefined);
  const answer = decided.map(({ email, outcome }, index) => ({ email, outcome, inviteId: invites[index]?.id }));
  if (created.length > 0 || idempotency) {
    const written = await table.transact<'again' | 'forbidden' | 'replayed'>([
      ...remember(organization.id, idempotency, answer, now, part),
      ...decided.flatMap(({ replaces }, index) => inviteWrites(invites[index], replaces, now)),
      treeUnchanged(organization.id, organization.treeVersion),
      stillOrganizationManager(actor),
      ...(created.length > 0
        ? [
            takeQuota(organization.id, created.length, {
              now,
              quota: settings.inviteQuota,
              otherwise: 'again' as const,
            }),
            audit({
              organizationId: organization.id,
              id: eventId,
              at: now,
              actorId: actor.userId,
              action: 'invites_created',
              targets: created.map(({ id }) => id),
              requestId: actor.requestId,
            }),
          ]
        : []),
    ]);
    if (!written.ok) return written.error === 'forbidden' ? fail('forbidden') : err('again');
  }
  const answerable = await findAnswerable(table, organization.id, created);
  return ok(
    decided.map(({ email, outcome }, index) => {
      const invite = invites[index];
      return { email, outcome, ...(invite && { invite: inviteView(invite, answerable, tree, now) }) };
    }),
  );
};

const inviteWrites = (invite: Invite | undefined, replaces: string | undefined, now: string): Write<'again'>[] =>
  invite
    ? [
        put({ ...inviteItem(invite), ...dueNow(now) }),
        holdAddress(invite, addressFree(now, ...(replaces === undefined ? [] : [replaces])), 'again' as const),
      ]
    : [];

/** The outcomes of a request that was answered before, with the invites as they are now. */
const showAgain = async (
  { table }: Services,
  organization: Organization,
  tree: PoolTree,
  answer: unknown,
  now: string,
): Promise<Outcome[]> => {
  const outcomes = answer as { email: string; outcome: Outcome['outcome']; inviteId?: string }[];
  const inviteIds = outcomes.flatMap(({ inviteId }) => inviteId ?? []);
  const items = await table.batchGet(inviteIds.map((id) => keys.invite(organization.id, id)));
  const invites = new Map(
    items.flatMap((item) => (item ? [parseInvite(item)] : [])).map((invite) => [invite.id, invite]),
  );
  const answerable = await findAnswerable(table, organization.id, [...invites.values()]);
  return outcomes.map(({ email, outcome, inviteId }) => {
    const invite = invites.get(inviteId ?? '');
    return { email, outcome, ...(invite && { invite: inviteView(invite, answerable, tree, now) }) };
  });
};
