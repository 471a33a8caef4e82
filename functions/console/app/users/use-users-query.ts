import { useDebounced } from '../parts/use-debounced.ts';
import type { UserFilters } from './users-filters.tsx';

/** The query of `listUsers` for these filters. It changes once the person has stopped typing. */
export const useUsersQuery = (filters: UserFilters): UserFilters => ({
  ...filters,
  search: useDebounced(filters.search),
  domain: useDebounced(filters.domain?.trim() || undefined),
});
