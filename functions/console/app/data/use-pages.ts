import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RouteName } from '../../../../shared/api/routes.ts';
import { pageItemsMax } from '../../../../shared/limits.ts';
import { callApi, type CallOf, type ValueOf } from './client.ts';

interface Page<T> {
  items: T[];
  nextCursor?: string | undefined;
}

/** The names of routes that list page by page. */
type ListName = {
  [N in RouteName]: ValueOf<N> extends Page<unknown> ? N : never;
}[RouteName];

type ItemOf<N extends ListName> = ValueOf<N> extends { items: (infer T)[] } ? T : never;

/** The maximum number of requests for one page of the screen. The API's pages may be short if few items match the filters. */
const mostRequests = 10;

interface PagesOptions<T> {
  /** Milliseconds until the list is read again automatically. False: never. */
  refreshAfter?: (items: T[]) => number | false;
  /** Whether the list is read at all. */
  enabled?: boolean;
}

/**
 * A list, one page at a time: `const users = usePages('listUsers', { params, query: { search } }, 50)`.
 * Spread `users.pagination` onto a Cloudscape `Pagination`.
 */
export const usePages = <N extends ListName>(
  name: N,
  call: CallOf<N>,
  pageSize: number,
  { refreshAfter = () => false, enabled = true }: PagesOptions<ItemOf<N>> = {},
) => {
  const listed = JSON.stringify([name, call, pageSize]);
  const [position, setPosition] = useState({ listed, index: 1 });
  // Another list begins at its first page.
  const index = position.listed === listed ? position.index : 1;

  const query = useInfiniteQuery({
    queryKey: [name, call, pageSize],
    queryFn: ({ pageParam }) => readPage(name, call, pageSize, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    enabled,
    refetchInterval: ({ state }) => refreshAfter(state.data?.pages.flatMap(({ items }) => items) ?? []),
  });
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = query;
  const pages = data?.pages ?? [];

  const goTo = async (wanted: number) => {
    if (wanted > pages.length) {
      const { data: fetched } = await fetchNextPage();
      if ((fetched?.pages.length ?? 0) < wanted) return;
    }
    setPosition({ listed, index: wanted });
  };

  return {
    ...query,
    /** The items of the current page. */
    items: pages[index - 1]?.items ?? [],
    busy: query.isPending || isFetchingNextPage || query.isPlaceholderData,
    pagination: {
      currentPageIndex: index,
      pagesCount: pages.length,
      openEnd: hasNextPage,
      disabled: isFetchingNextPage,
      onChange: ({ detail }: { detail: { currentPageIndex: number } }) => void goTo(detail.currentPageIndex),
    },
  };
};

const readPage = async <N extends ListName>(
  name: N,
  call: CallOf<N>,
  pageSize: number,
  after: string | undefined,
): Promise<Page<ItemOf<N>>> => {
  const items: ItemOf<N>[] = [];
  let cursor = after;
  for (let requests = 0; requests < mostRequests; requests += 1) {
    const page = await readOnce(name, call, { limit: pageSize - items.length, cursor });
    items.push(...page.items);
    cursor = page.nextCursor;
    if (cursor === undefined || items.length >= pageSize) break;
  }
  return { items, nextCursor: cursor };
};

const readOnce = async <N extends ListName>(
  name: N,
  call: CallOf<N>,
  paging: { limit: number; cursor?: string | undefined },
): Promise<Page<ItemOf<N>>> => {
  const { query, ...rest } = call as { query?: object };
  const page = await callApi(name, { ...rest, query: { ...query, ...paging } } as unknown as CallOf<N>);
  return page as unknown as Page<ItemOf<N>>;
};

/** Reads every item of a list, page by page. `onProgress` receives the number of items read so far. */
export const readAll = async <N extends ListName>(
  name: N,
  call: CallOf<N>,
  onProgress?: (count: number) => void,
): Promise<ItemOf<N>[]> => {
  const items: ItemOf<N>[] = [];
  let cursor: string | undefined;
  do {
    const page = await readOnce(name, call, { limit: pageItemsMax, cursor });
    items.push(...page.items);
    cursor = page.nextCursor;
    onProgress?.(items.length);
  } while (cursor !== undefined);
  return items;
};
