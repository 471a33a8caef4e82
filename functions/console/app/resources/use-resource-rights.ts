import { useRights } from '../rights/use-rights.ts';
import type { Resource } from './resource.ts';

/** `edit` allows changes of the name and tags; `manage` allows changes of the cost, owner and pool, and deleting the resource. */
export type ResourceRight = 'edit' | 'manage';

/** Returns why the person does not have a right on all of the resources, or undefined if they have it. */
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
