import Box from '@cloudscape-design/components/box';
import { usePools, type Pool } from '../organization/use-pools.ts';
import { formatMoney } from '../parts/format.ts';
import { poolsTexts as texts } from './texts.ts';

/** The limit of a pool, and how much of it is allocated to sub-pools. */
export const PoolLimit = ({ pool: { id, monthlyLimit, currency } }: { pool: Pool }) => {
  const { tree } = usePools();
  if (monthlyLimit === undefined) return <Box color="text-body-secondary">{texts.unlimited}</Box>;
  const givenOut = tree.children(id).reduce((sum, child) => sum + (child.monthlyLimit ?? 0), 0);
  return (
    <>
      {formatMoney(monthlyLimit, currency)}
      {givenOut > 0 && (
        <Box variant="small" display="block">
          {texts.givenOut(formatMoney(givenOut, currency))}
        </Box>
      )}
    </>
  );
};
