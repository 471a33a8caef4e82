import { decodeCursor, encodeCursor } from '../api/cursor.ts';
import type { Operation } from '../api/route.ts';
import { findOwners } from '../assets/owner.ts';
import { ok } from '../result.ts';
import { partitions, prefixes } from '../table/keys.ts';
import type { dataSourceRoutes } from './data-source-routes.ts';
import { dataSourceView } from './data-source-view.ts';
import { parseDataSource } from './data-source.ts';

const list = 'data-sources';

export const listDataSources: Operation<typeof dataSourceRoutes.listDataSources> =
  ({ table }) =>
  async ({ organization }, { query }) => {
    const after = decodeCursor(list, query.cursor);
    if (!after.ok) return after;
    const page = await table.query({
      pk: partitions.settings(organization.id),
      prefix: prefixes.dataSources,
      limit: query.limit,
      ...(after.value !== undefined && { after: after.value }),
    });
    const sources = page.items.map(parseDataSource);
    const ownerOf = await findOwners(
      table,
      organization.id,
      sources.map(({ holderId }) => holderId),
    );
    return ok({ items: sources.map((source) => dataSourceView(source, ownerOf)), ...encodeCursor(list, page.next) });
  };
