import { useRead } from '../data/use-read.ts';
import { useOrganization } from '../organization/use-organization.ts';

/** The user with an id, for responses that contain only ids. Undefined until the user is read, and if there is none. */
export const useUser = (userId: string | undefined) => {
  const { params } = useOrganization();
  return useRead('getUser', { params: { ...params, userId: userId ?? '' } }, { enabled: userId !== undefined }).data;
};
