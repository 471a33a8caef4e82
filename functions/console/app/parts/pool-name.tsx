import { usePools } from '../organization/use-pools.ts';
import { partTexts as texts } from './texts.ts';

/** A pool of which only the id is known, by name; one that is gone by its id. */
export const PoolName = ({ id }: { id: string }) => {
  const { tree, isSuccess } = usePools();
  return tree.get(id)?.name ?? (isSuccess ? id : texts.reading);
};
