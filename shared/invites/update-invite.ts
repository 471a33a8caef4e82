import { operation } from '../api/operation.ts';
import { auditBy } from '../audit/audit-event.ts';
import { changesBetween } from '../audit/changes-between.ts';
import { fail, failAt, ok } from '../result.ts';
import { requireKnownPools, treeUnchanged } from '../roles/known-pools.ts';
import { formatAssignment, sameAssignments } from '../roles/role.ts';
import { nameOfPool } from '../roles/pool-tree.ts';
import { equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { guard, update } from '../table/write.ts';
import { addressFree, freeAddress, holdAddress } from './address.ts';
import { decideOutcomes, outcomeKeys, readAddresses } from './decide-outcomes.ts';
import { normalizeEmail } from './email-address.ts';
import { findEvaluatedInvite } from './evaluate-invite.ts';
import { findNamedInvite, inviteKeys } from './find-invite.ts';
import { inviteRoutes } from './invite-routes.ts';
import { inviteView } from './invite-view.ts';
import { namedInvite, type Invite } from './invite.ts';
import { committedRenewal, renewalWrites, renewInvite } from './renew-invite.ts';
import { passedTo, responsibleAttributes, type Responsibility } from './responsibility.ts';

export const updateInvite = operation(
  inviteRoutes.updateInvite,
  {
    reads: (asked) => {
      const email = normalizeEmail(asked.body.email ?? '');
      return [...inviteKeys(asked), ...(email.ok ? outcomeKeys(asked.organizationId, [email.value], asked.now) : [])];
    },
    versioned: ({ table }, request) => findNamedInvite(table, request),
  },
  async ({ table, ids, settings }, request) => {
    const { actor, organization, body, params, now, stillAllowed } = request;
    const evaluated = await findEvaluatedInvite(table, organization.id, params.inviteId, now);
    if (!evaluated) return fail('invite_not_found');
    const { invite, status, responsibility } = evaluated;
    if (status !== 'pending') return fail('invite_settled', `The invite is ${status}.`);
    const tree = await request.tree();
    const known = requireKnownPools(tree, body.roles ?? [], '/roles');
    if (!known.ok) return known;
    const email = body.email === undefined ? ok(invite.email) : normalizeEmail(body.email);
    if (!email.ok) return refuseEmail('invalid_email', 'It is no e-mail address.');

    const moves = email.value !== invite.email;
    const renewed = moves
      ? renewInvite(evaluated, actor, now, email.value)
      : ok({ ...evaluated, invite: { ...invite, version: invite.version + 1 } });
    if (!renewed.ok) return renewed;
    // The same roles in another order are not a change.
    const assignments =
      body.roles && !sameAssignments(invite.assignments, body.roles) ? body.roles : invite.assignments;
    const changed: Invite = { ...renewed.value.invite, assignments };
    // A hand-over before now has had its effect on the old roles, and must not revoke the new ones.
    const next = assignments === invite.assignments ? changed : settled(changed, responsibility);
    const changes = changesBetween(auditedFields(invite), auditedFields(next), ['email', 'roles']);
    if (!changes) return ok(inviteView(evaluated, tree));

    const [address] = moves
      ? decideOutcomes(
          await readAddresses(table, organization.id, [email.value], now),
          [{ email: email.value, outcome: 'created' }],
          1,
        )
      : [];
    if (address?.outcome === 'already_member') return refuseEmail('already_member', 'It belongs to a user.');
    if (address?.outcome === 'already_invited') return refuseEmail('already_invited', 'It is invited already.');
    if (address?.outcome === 'suppressed')
      return refuseEmail('address_suppressed', 'Mails to it bounced, or were complained about.');

    const transaction = await table.transact([
      update(
        keys.invite(organization.id, invite.id),
        {
          set: { assignments: next.assignments.map(formatAssignment), ...responsibleAttributes(next) },
          ...(!moves && { add: { version: 1 } }),
        },
        ...(moves ? [] : [guard(equal('version', invite.version), 'retry')]),
      ),
      ...(moves
        ? [
            ...renewalWrites(invite, next, { now, quota: settings.inviteQuota }),
            freeAddress(invite),
            holdAddress(
              next,
              guard(addressFree(now, ...(address?.replaces === undefined ? [] : [address.replaces])), 'retry'),
            ),
          ]
        : []),
      treeUnchanged(organization.id, organization.treeVersion),
      ...stillAllowed,
      ...auditBy({ ids }, actor, now, 'invite_changed', [namedInvite(next)], changes, nameOfPool(tree)),
    ]);
    return committedRenewal(transaction, inviteView({ ...renewed.value, invite: next }, tree), now);
  },
);

const settled = (invite: Invite, responsibility: Responsibility): Invite =>
  responsibility.kind === 'held' ? passedTo(invite, responsibility.by, responsibility.since) : invite;

const auditedFields = ({ email, assignments }: Invite) => ({ email, roles: assignments.map(formatAssignment) });

const refuseEmail = (
  code: 'invalid_email' | 'already_member' | 'already_invited' | 'address_suppressed',
  detail: string,
) => failAt('/email', code, detail, detail);
