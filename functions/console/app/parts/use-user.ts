import { useRead } from '../data/use-read.ts';
import { useOrganization } from '../organization/use-organization.ts';

/** A user by id, for answers that name people by their ids; undefined until it is read, and when there is none. */
export const useUser = (userId: string | undefined) => {
  const { params } = useOrganization();
  return useRead('getUser', { params: { ...params, userId: userId ?? '' } }, { enabled: userId !== undefined }).data;
};
