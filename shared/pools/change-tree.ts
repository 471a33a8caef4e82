import type { Organization } from '../organizations/organization.ts';
import { treeUnchanged } from '../roles/known-pools.ts';
import { keys } from '../table/keys.ts';
import { update, type Write } from '../table/write.ts';

/**
 * Part of every write that changes a pool. Requires an unchanged tree version and increments it, so that other decisions start
 * over.
 */
export const treeChanges = ({ id, treeVersion }: Organization): Write<'retry'>[] => [
  update(keys.organization(id), { add: { treeVersion: 1 } }),
  treeUnchanged(id, treeVersion),
];
