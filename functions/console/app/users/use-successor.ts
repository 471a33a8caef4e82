import { useRead } from '../data/use-read.ts';
import { useOrganization } from '../organization/use-organization.ts';
import type { User } from './user.ts';

/** Who took over from a removed user. */
export const useSuccessor = ({ successorId }: Pick<User, 'successorId'>): User | undefined => {
  const { params } = useOrganization();
  const call = { params: { ...params, userId: successorId ?? '' } };
  return useRead('getUser', call, { enabled: successorId !== undefined }).data;
};
