import { usePools } from '../organization/use-pools.ts';

/** A pool by name, for answers that name pools by their ids. */
export const PoolName = ({ id }: { id: string }) => usePools().tree.get(id)?.name ?? id;
