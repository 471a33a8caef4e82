import { useQuery } from '@tanstack/react-query';
import type { RouteName } from '../../../../shared/api/routes.ts';
import { callApi, type CallOf } from './client.ts';

/** Reads a route: `const { data } = useRead('getUser', { params })`. The query key is the route's name and the call. */
export const useRead = <N extends RouteName>(
  name: N,
  call: CallOf<N>,
  options: { enabled?: boolean; staleTime?: number } = {},
) => useQuery({ queryKey: [name, call], queryFn: () => callApi(name, call), ...options });
