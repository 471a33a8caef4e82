import { encodeCursor } from '../api/cursor.ts';
import { listPage } from '../api/list-page.ts';
import { operation } from '../api/operation.ts';
import { findOwners } from '../assets/owner.ts';
import { ok } from '../result.ts';
import { dataSourceRoutes } from './data-source-routes.ts';
import { dataSourceView } from './data-source-view.ts';
import { dataSourceRecords } from './data-source.ts';

const page = listPage('data-sources', dataSourceRecords.partition);

export const listDataSources = operation(
  dataSourceRoutes.listDataSources,
  { queries: page.queries },
  async ({ table }, { organization, query }) => {
    const found = await page.read(table, organization.id, query);
    if (!found.ok) return found;
    const sources = found.value.items.map(dataSourceRecords.parse);
    const ownerOf = await findOwners(
      table,
      organization.id,
      sources.map(({ holderId }) => holderId),
    );
    return ok({
      items: sources.map((source) => dataSourceView(source, ownerOf(source.holderId))),
      ...encodeCursor(found.value.list, found.value.next),
    });
  },
);
