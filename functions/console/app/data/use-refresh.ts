import { useQueryClient } from '@tanstack/react-query';
import type { RouteName } from '../../../../shared/api/routes.ts';

/** Invalidates the cached responses of these routes after a change, and those of the audit log, which records every change. */
export const useRefresh = () => {
  const queries = useQueryClient();
  return (changes: readonly RouteName[]) =>
    Promise.all([...changes, 'listAuditEvents'].map((route) => queries.invalidateQueries({ queryKey: [route] })));
};
