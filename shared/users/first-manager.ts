import type { Organization } from '../organizations/organization.ts';
import { keys } from '../table/keys.ts';
import { update, type Write } from '../table/write.ts';

/**
 * The writes that make the first user of an organization created by operators the owner of its root pool. They increment the
 * tree version, which the caller requires to be unchanged, so that only one of two people who accept an invite at the same
 * time becomes the first.
 */
export const firstManagerWrites = ({ id, rootPoolId, managerCount }: Organization, userId: string): Write<never>[] =>
  managerCount > 0
    ? []
    : [
        update(keys.organization(id), { add: { treeVersion: 1 } }),
        update(keys.pool(id, rootPoolId), { set: { holderId: userId }, add: { version: 1 } }),
      ];
