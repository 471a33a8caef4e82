import { usePools } from '../organization/use-pools.ts';
import { PageLink } from '../parts/page-link.tsx';
import { partTexts } from '../parts/texts.ts';

export const PoolLink = ({ id }: { id: string }) => {
  const { tree } = usePools();
  return <PageLink to={`/pools/${id}`}>{tree.get(id)?.name ?? partTexts.reading}</PageLink>;
};
