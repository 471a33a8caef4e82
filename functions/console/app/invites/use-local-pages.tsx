import Pagination from '@cloudscape-design/components/pagination';
import { useState } from 'react';

/**
 * Divides a list that is already loaded into the pages of a table:
 *
 *     const pages = useLocalPages(results, 50);
 *     <DataTable items={pages.items} pagination={pages.pagination} … />
 */
export const useLocalPages = <T,>(items: readonly T[], perPage: number) => {
  const [chosen, setChosen] = useState(1);
  const count = Math.max(1, Math.ceil(items.length / perPage));
  // The list may have become shorter since the page was chosen.
  const page = Math.min(chosen, count);
  return {
    items: items.slice((page - 1) * perPage, page * perPage),
    pagination: count > 1 && (
      <Pagination
        currentPageIndex={page}
        pagesCount={count}
        onChange={({ detail }) => setChosen(detail.currentPageIndex)}
      />
    ),
    toFirst: () => setChosen(1),
  };
};
