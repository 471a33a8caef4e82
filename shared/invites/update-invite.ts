import { operation } from '../api/operation.ts';
import { auditBy } from '../audit/audit-event.ts';
import { changesBetween } from '../audit/changes-between.ts';
import { fail, failAt, ok } from '../result.ts';
import { requireKnownPools, treeUnchanged } from '../roles/known-pools.ts';
import { formatAssignment, sameAssignments } from '../roles/role.ts';
import { nameOfPool } from '../roles/pool-tree.ts';
import { absent, equal } from '../table/condition.ts';
import { due, dueNow, keys } from '../table/keys.ts';
import { check, guard, update, type Changes, type Write } from '../table/write.ts';
import { addressFree, endReplaced, freeAddress, holdAddress, replaceable } from './address.ts';
import { decideOutcomes, outcomeKeys, readAddresses } from './decide-outcomes.ts';
import { normalizeEmail } from './email-address.ts';
import { findEvaluatedInvite } from './evaluate-invite.ts';
import { findNamedInvite, inviteKeys, renewalKeys } from './find-invite.ts';
import { inviteRoutes } from './invite-routes.ts';
import { inviteView } from './invite-view.ts';
import { namedInvite, nextDue, remainingRoles, statusEntry, type Invite } from './invite.ts';
import { isOpen } from './invite-status.ts';
import { committedRenewal, renewalWrites, renewInvite } from './renew-invite.ts';
import { readQuota } from './quota.ts';
import { passedTo, responsibleAttributes, type Responsibility } from './responsibility.ts';

export const updateInvite = operation(
  inviteRoutes.updateInvite,
  {
    reads: (asked) => {
      const email = normalizeEmail(asked.body.email ?? '');
      return email.ok
        ? [...renewalKeys(asked), ...outcomeKeys(asked.organizationId, [email.value])]
        : inviteKeys(asked);
    },
    ownPartition: true,
    versioned: ({ table }, request) => findNamedInvite(table, request),
  },
  async ({ table, ids, settings }, request) => {
    const { actor, organization, body, params, now, stillAllowed } = request;
    const tree = await request.tree();
    const evaluated = await findEvaluatedInvite(table, organization.id, params.inviteId, { tree, now });
    if (!evaluated) return fail('invite_not_found');
    const { invite, responsibility } = evaluated;
    if (!isOpen(evaluated.status)) return fail('invite_settled', `The invitation is ${evaluated.status}.`);
    const known = requireKnownPools(tree, { assignments: body.roles ?? [], pointer: '/roles' });
    if (!known.ok) return known;
    const email = body.email === undefined ? ok(invite.email) : normalizeEmail(body.email);
    if (!email.ok) return refuseEmail('invalid_email', 'This is not an email address.');

    // The same roles in another order are not a change.
    const assignments =
      body.roles && !sameAssignments(invite.assignments, body.roles) ? body.roles : invite.assignments;
    const moves = email.value !== invite.email;
    const renewed = moves
      ? renewInvite({ ...evaluated, roles: remainingRoles({ assignments }, tree) }, actor, now, email.value)
      : ok({ ...evaluated, invite: { ...invite, version: invite.version + 1 } });
    if (!renewed.ok) return renewed;
    const changed: Invite = { ...renewed.value.invite, assignments };
    const changes = changesBetween(auditedFields(invite), auditedFields(changed), ['email', 'roles']);
    if (!changes) return ok(inviteView(evaluated, tree));

    const [address] = moves
      ? decideOutcomes(
          organization,
          await readAddresses(table, organization.id, [email.value], { tree, now }),
          [{ email: email.value, outcome: 'created' }],
          1,
        )
      : [];
    if (address?.outcome === 'already_member') return refuseEmail('already_member', 'It belongs to a user.');
    if (address?.outcome === 'domain_not_allowed')
      return refuseEmail('domain_not_allowed', 'The organization does not allow addresses of its domain.');
    if (address?.outcome === 'already_invited') return refuseEmail('already_invited', 'It is invited already.');
    if (address?.outcome === 'blocked') return refuseEmail('address_blocked', 'Its owner blocked the organization.');
    if (address?.outcome === 'suppressed')
      return refuseEmail('address_suppressed', 'Mails to it bounced, or were complained about.');

    // Changed roles are on existing pools, and an email is requested only for an invite with such roles, so the invite is pending.
    // An earlier hand-over applied to the old roles and must not revoke the invite because of the new ones.
    const pending: Invite = {
      ...changed,
      status: 'pending',
      removedUserId: moves ? address?.removedUserId : invite.removedUserId,
    };
    const next = assignments === invite.assignments ? pending : settled(pending, responsibility);
    const transaction = await table.transact([
      update(keys.invite(organization.id, invite.id), {
        set: { assignments: next.assignments.map(formatAssignment), ...responsibleAttributes(next) },
      }),
      ...(moves
        ? [
            ...renewalWrites(invite, next, {
              now,
              quota: await readQuota(table, organization, { settings, now }),
              actor,
            }),
            update(keys.invite(organization.id, invite.id), optional('removedUserId', next.removedUserId)),
            // A block link in an email to the earlier address must not block the organization for the new address.
            update(keys.invite(organization.id, invite.id), { remove: ['blockHashes'] }),
            freeAddress(invite),
            holdAddress(next, guard(addressFree(now, ...replaceable(address?.replaces)), 'retry')),
            ...endReplaced(address?.replaces, 'revoked', now),
          ]
        : [
            update(
              keys.invite(organization.id, invite.id),
              { set: invite.status === 'pending' ? {} : revival(next, now), add: { version: 1 } },
              guard(equal('version', invite.version), 'retry'),
              guard(absent('ending'), 'retry'),
            ),
          ]),
      ...(next === pending ? [] : stillResponsible(organization.id, responsibility)),
      treeUnchanged(organization.id, organization.treeVersion),
      ...stillAllowed,
      ...auditBy({ ids }, actor, now, 'invite_changed', [namedInvite(next)], changes, nameOfPool(tree)),
    ]);
    return committedRenewal(transaction, inviteView({ ...renewed.value, status: 'pending', invite: next }, tree), now);
  },
);

/**
 * The attributes that make an invite pending again after it was stored as needing roles. If its email was never sent, it is now.
 */
const revival = (invite: Invite, now: string) => ({
  status: 'pending',
  ...statusEntry(invite, 'pending'),
  ...(invite.delivery === 'queued' ? dueNow(now) : due(nextDue(invite, now))),
});

const optional = (attribute: string, value: string | undefined): Changes =>
  value === undefined ? { remove: [attribute] } : { set: { [attribute]: value } };
const settled = (invite: Invite, responsibility: Responsibility): Invite =>
  responsibility.kind === 'held' ? passedTo(invite, responsibility.by, responsibility.since) : invite;

/**
 * Checks that the responsible user has not changed since. A hand-over decides by the roles of an invite, so it may just have
 * revoked the invite because of its earlier roles, or might revoke it because of the new ones.
 */
const stillResponsible = (organizationId: string, responsibility: Responsibility): Write<'retry'>[] =>
  responsibility.kind === 'held'
    ? [
        check(
          keys.user(organizationId, responsibility.by.id),
          guard(equal('version', responsibility.by.version), 'retry'),
        ),
      ]
    : [];

const auditedFields = ({ email, assignments }: Invite) => ({ email, roles: assignments.map(formatAssignment) });

const refuseEmail = (
  code:
    | 'invalid_email'
    | 'already_member'
    | 'already_invited'
    | 'domain_not_allowed'
    | 'address_blocked'
    | 'address_suppressed',
  detail: string,
) => failAt('/email', code, detail, detail);
