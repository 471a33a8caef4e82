import { useRights } from '../rights/use-rights.ts';
import type { Resource } from './resource.ts';

/** `edit`: name and tags; `manage`: its cost, owner and pool, and whether there is such a resource. */
export type ResourceRight = 'edit' | 'manage';

/** Why the person cannot do something to resources; undefined: they can, to each of them. */
export const useResourceRights = () => {
  const { whyNot, me } = useRights();
  const whyNotOne = (right: ResourceRight, { poolId, ownerId }: Resource): string | undefined =>
    right === 'manage'
      ? whyNot('manage_resources', { poolId })
      : whyNot('edit_resource', { poolId, own: me !== undefined && ownerId === me.id });
  return {
    whyNot: (right: ResourceRight, ...resources: Resource[]): string | undefined =>
      resources.map((each) => whyNotOne(right, each)).find((reason) => reason !== undefined),
  };
};
