import type { Member } from '../actor.ts';
import type { Input, Operation, Output } from '../api/route.ts';
import { auditBy } from '../audit/audit-event.ts';
import { changesBetween } from '../audit/changes-between.ts';
import type { Failure } from '../errors.ts';
import { currentOrganization } from '../organizations/current-organization.ts';
import type { Services } from '../ports.ts';
import { fail, ok, type Result } from '../result.ts';
import { startOver } from '../retry.ts';
import { stillOrganizationManager } from '../roles/entitlement.ts';
import { requireKnownPools, treeUnchanged } from '../roles/known-pools.ts';
import { formatAssignment, sameAssignments } from '../roles/role.ts';
import { above, equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { guard, update } from '../table/write.ts';
import { addressFree, freeAddress, holdAddress } from './address.ts';
import { decideOutcomes } from './decide-outcomes.ts';
import { normalizeEmail } from './email-address.ts';
import type { inviteRoutes } from './invite-routes.ts';
import { inviteView } from './invite-view.ts';
import type { Invite } from './invite.ts';
import { inviteToChange } from './judge-invite.ts';
import { renewalWrites, renewed, settledRenewal } from './renew-invite.ts';

type UpdateInvite = typeof inviteRoutes.updateInvite;

export const updateInvite: Operation<UpdateInvite> = (services) => (actor, input) =>
  startOver((stale) => attempt(services, actor, input, stale));

const attempt = async (
  services: Services,
  actor: Member,
  input: Input<UpdateInvite>,
  stale: boolean,
): Promise<Result<Output<UpdateInvite>, Failure | 'again'>> => {
  const { table, clock, poolTree, settings } = services;
  const { roles, email: given } = input.body;
  const organization = await currentOrganization(table, actor, stale);
  const tree = await poolTree(table, organization.id, organization.treeVersion);
  const now = clock.now();
  const judged = await inviteToChange(table, organization.id, input, now);
  if (!judged.ok) return judged;
  const { invite, answerable, status } = judged.value;
  if (status !== 'pending') return fail('invite_settled', `The invite is ${status}.`);
  const known = requireKnownPools(tree, roles ?? [], '/roles');
  if (!known.ok) return known;
  const email = given === undefined ? ok(invite.email) : normalizeEmail(given);
  if (!email.ok) return refuseEmail('invalid_email', 'It is no e-mail address.');

  const moves = email.value !== invite.email;
  const renewal = moves
    ? renewed(judged.value, actor, now, email.value)
    : ok({ ...invite, version: invite.version + 1 });
  if (!renewal.ok) return renewal;
  // The same roles in another order are no change.
  const assignments = roles && !sameAssignments(invite.assignments, roles) ? roles : invite.assignments;
  const next: Invite = { ...renewal.value, assignments };
  const changes = changesBetween(shown(invite), shown(next), ['email', 'roles']);
  if (!changes) return ok(inviteView(invite, answerable, tree, now));

  const [address] = moves
    ? await decideOutcomes(table, organization.id, [{ email: email.value, outcome: 'created' }], { now })
    : [];
  if (address?.outcome === 'already_member') return refuseEmail('already_member', 'It belongs to a user.');
  if (address?.outcome === 'already_invited') return refuseEmail('already_invited', 'It is invited already.');
  if (address?.outcome === 'suppressed')
    return refuseEmail('address_suppressed', 'Mails to it bounced, or were complained about.');

  const result = await table.transact([
    update(
      keys.invite(organization.id, invite.id),
      { set: { assignments: next.assignments.map(formatAssignment) }, ...(!moves && { add: { version: 1 } }) },
      guard(equal('version', invite.version), 'again' as const),
      guard(equal('status', 'pending'), 'again' as const),
      guard(above('expiresAt', now), 'again' as const),
    ),
    ...(moves
      ? [
          ...renewalWrites(invite, next, { now, quota: settings.inviteQuota }),
          freeAddress(invite),
          holdAddress(
            next,
            addressFree(now, ...(address?.replaces === undefined ? [] : [address.replaces])),
            'again' as const,
          ),
        ]
      : []),
    treeUnchanged(organization.id, organization.treeVersion),
    stillOrganizationManager(actor),
    auditBy(services, actor, now, 'invite_changed', [invite.id], changes),
  ]);
  return settledRenewal(services, actor, next, result, now);
};

const shown = ({ email, assignments }: Invite) => ({ email, roles: assignments.map(formatAssignment) });

const refuseEmail = (
  code: 'invalid_email' | 'already_member' | 'already_invited' | 'address_suppressed',
  detail: string,
) => fail(code, detail, { errors: [{ pointer: '/email', code, detail }] });
