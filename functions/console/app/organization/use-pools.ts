import { useMemo } from 'react';
import { buildPoolTree } from '../../../../shared/roles/pool-tree.ts';
import type { ValueOf } from '../data/client.ts';
import { useRead } from '../data/use-read.ts';
import { useOrganization } from './use-organization.ts';

export type Pool = ValueOf<'listPools'>['items'][number];

/** Returns the owner of a pool. Very long lists omit names to stay within the size limit; the id then serves as the name. */
export const ownerOf = ({ defaultOwnerId, defaultOwnerName }: Pool) => ({
  id: defaultOwnerId,
  name: defaultOwnerName ?? defaultOwnerId,
});

/** In milliseconds. Within this time, parts of a page that appear later, such as a dialog, use the pools that the page has read. */
const readAgainAfter = 30_000;

/** The organization's pools as a tree, which is empty until they are read. */
export const usePools = () => {
  const { params } = useOrganization();
  const { data, isSuccess, error, refetch } = useRead('listPools', { params }, { staleTime: readAgainAfter });
  const tree = useMemo(() => buildPoolTree<Pool>(data?.items ?? []), [data]);
  const root = data?.items.find(({ parentId }) => parentId === undefined);
  return { tree, root, isSuccess, error, refetch };
};
