import { operation } from '../api/operation.ts';
import { audit } from '../audit/audit-event.ts';
import { ok } from '../result.ts';
import { committed } from '../retry.ts';
import { equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { erase, guard } from '../table/write.ts';
import { acceptanceRoutes } from './acceptance-routes.ts';
import { namedInvite } from './invite.ts';
import { linkDeclaration, openBlockLink } from './open-invite.ts';

/** Lets an organization invite an address again. Invites that the block ended stay ended. Unblocking again changes nothing. */
export const unblockOrganization = operation(
  acceptanceRoutes.unblockOrganization,
  linkDeclaration,
  async (services, request) => {
    const { table, ids } = services;
    const opened = await openBlockLink(services, request);
    if (!opened.ok) return opened;
    const { invite, organization } = opened.value;
    const key = keys.address(organization.id, invite.email);
    if ((await table.get(key))?.state !== 'blocked') return ok(undefined);
    const transaction = await table.transact([
      erase(key, guard(equal('state', 'blocked'), 'retry')),
      ...audit({
        organizationId: organization.id,
        id: ids.next('evt'),
        at: request.now,
        action: 'block_lifted',
        targets: [namedInvite(invite)],
        requestId: request.actor.requestId,
      }),
    ]);
    return committed(transaction, undefined);
  },
);
