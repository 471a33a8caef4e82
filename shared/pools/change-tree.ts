import type { Organization } from '../organizations/organization.ts';
import { treeUnchanged } from '../roles/known-pools.ts';
import { keys } from '../table/keys.ts';
import { update, type Write } from '../table/write.ts';

/** Part of every write that changes a pool: nobody else changed one meanwhile, and whoever decided on the old tree starts over. */
export const treeChanges = ({ id, treeVersion }: Organization): Write<'retry'>[] => [
  update(keys.organization(id), { add: { treeVersion: 1 } }),
  treeUnchanged(id, treeVersion),
];
