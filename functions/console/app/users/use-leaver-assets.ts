import { useQuery } from '@tanstack/react-query';
import { usersPerRequestMax } from '../../../../shared/limits.ts';
import { callApi } from '../data/client.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { eachItem, sendBulk } from '../parts/bulk.ts';
import { sumAssets, type LeaverAssets } from './leaver-assets.ts';
import type { User, UserAssets } from './user.ts';

/** The API counts the assets of one user per request. The sum of more users than this would take too long, so it is “at least”. */
const countedMax = usersPerRequestMax;

/** What these users own together. */
export const useLeaverAssets = (users: readonly User[]) => {
  const { params } = useOrganization();
  const counted = users.slice(0, countedMax).map(({ id }) => id);
  return useQuery({
    queryKey: ['getUserAssets', params, counted, users.length],
    queryFn: async (): Promise<LeaverAssets> => {
      const read: UserAssets[] = [];
      const { failures } = await sendBulk(
        counted,
        eachItem(async (userId) => read.push(await callApi('getUserAssets', { params: { ...params, userId } }))),
      );
      const [first, ...others] = read;
      if (failures.length > 0 || !first) throw failures[0]?.error;
      return sumAssets([first, ...others], counted.length === users.length);
    },
  });
};
