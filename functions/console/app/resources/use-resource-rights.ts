import { useRights } from '../rights/use-rights.ts';
import type { Resource } from './resource.ts';

/** `edit`: name and tags; `manage`: its cost, owner and pool, and whether there is such a resource. */
export type ResourceRight = 'edit' | 'manage';

/** Why the person cannot do something to resources; undefined: they can, to each of them. */
export const useResourceRights = () => {
  const { may, why, me } = useRights();
  const mayTo = (right: ResourceRight, { poolId, ownerId }: Resource): boolean =>
    right === 'manage'
      ? may('manage_resources', { poolId })
      : may('edit_resource', { poolId, own: me !== undefined && ownerId === me.id });
  return {
    whyNot: (right: ResourceRight, ...resources: Resource[]): string | undefined => {
      if (resources.every((each) => mayTo(right, each))) return undefined;
      return why(right === 'manage' ? 'manage_resources' : 'edit_resource');
    },
  };
};
