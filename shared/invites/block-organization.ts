import { operation } from '../api/operation.ts';
import { audit } from '../audit/audit-event.ts';
import { fail, ok } from '../result.ts';
import { committed } from '../retry.ts';
import { keys } from '../table/keys.ts';
import { guard, update } from '../table/write.ts';
import { acceptanceRoutes } from './acceptance-routes.ts';
import { addressFree, blockAddress } from './address.ts';
import { endInvite } from './end-invite.ts';
import { findInvite } from './find-invite.ts';
import { isOpen } from './invite-status.ts';
import { namedInvite } from './invite.ts';
import { linkDeclaration, openBlockLink } from './open-invite.ts';

/**
 * Keeps an organization from inviting an address again, and ends the invite that the address has now. The block is the state of
 * the address item, on which every new invite is conditional. Blocking again changes nothing.
 */
export const blockOrganization = operation(
  acceptanceRoutes.blockOrganization,
  linkDeclaration,
  async (services, request) => {
    const { table, ids } = services;
    const { now } = request;
    const opened = await openBlockLink(services, request);
    if (!opened.ok) return opened;
    const { invite, organization } = opened.value;
    const address = await table.get(keys.address(organization.id, invite.email));
    if (address?.state === 'blocked') return ok(undefined);
    if (address?.state === 'member') return fail('already_member', 'Leave the organization instead.');
    const holder =
      typeof address?.inviteId === 'string' ? await findInvite(table, organization.id, address.inviteId) : undefined;
    const transaction = await table.transact([
      // The link has to lift the block at any later time, so the invite is kept.
      update(keys.invite(organization.id, invite.id), { remove: ['ttl'] }),
      blockAddress(invite, now, guard(addressFree(now, ...(holder ? [holder.id] : [])), 'retry')),
      ...(holder && isOpen(holder.status) ? [endInvite(holder, 'blocked', {})] : []),
      ...audit({
        organizationId: organization.id,
        id: ids.next('evt'),
        at: now,
        action: 'organization_blocked',
        targets: [namedInvite(invite)],
        requestId: request.actor.requestId,
      }),
    ]);
    return committed(transaction, undefined);
  },
);
