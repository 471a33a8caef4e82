import { operation } from '../api/operation.ts';
import { ok } from '../result.ts';
import { keys } from '../table/keys.ts';
import { timeListVersion } from '../table/schema.ts';
import { totalsRoutes } from './totals-routes.ts';
import { parseTotals } from './totals.ts';

export const getTotals = operation(
  totalsRoutes.getTotals,
  { reads: ({ organizationId }) => [keys.totals(organizationId)] },
  async ({ table }, { organization }) => {
    const { counted, asOf } = parseTotals(await table.get(keys.totals(organization.id)));
    if (!counted || asOf === undefined) return ok({});
    const { removed, ...others } = counted;
    const complete = organization.timeListVersion === timeListVersion;
    return ok({ totals: { asOf, ...others, ...(complete && { removed }) } });
  },
);
