import type { Organization } from '../organizations/organization.ts';
import { equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { guard, update, type Write } from '../table/write.ts';

/**
 * An organization that operators made has nobody in it, no manager and no owner of its root pool, until the first of their
 * invites is accepted: whoever accepts it becomes all three at once. Nothing can be done in it before.
 */
export const firstManagerWrites = ({ id, rootPoolId, managerCount }: Organization, userId: string): Write<'retry'>[] =>
  managerCount > 0
    ? []
    : [
        update(keys.organization(id), { add: { treeVersion: 1 } }, guard(equal('managerCount', 0), 'retry')),
        update(keys.pool(id, rootPoolId), { set: { holderId: userId }, add: { version: 1 } }),
      ];
