import type { Organization } from '../organizations/organization.ts';
import { keys } from '../table/keys.ts';
import { update, type Write } from '../table/write.ts';

/**
 * An organization that operators made has nobody in it, no manager and no owner of its root pool, until the first of their
 * invites is accepted: whoever accepts it becomes all three at once. Nothing can be done in it before. It is a change of the
 * pool tree, so that of two who accept at once the condition on the tree, which is the caller's, lets one be the first.
 */
export const firstManagerWrites = ({ id, rootPoolId, managerCount }: Organization, userId: string): Write<never>[] =>
  managerCount > 0
    ? []
    : [
        update(keys.organization(id), { add: { treeVersion: 1 } }),
        update(keys.pool(id, rootPoolId), { set: { holderId: userId }, add: { version: 1 } }),
      ];
