import { useQueryClient } from '@tanstack/react-query';
import type { RouteName } from '../../../../shared/api/routes.ts';

/** After a change, reads again what these routes answered, and the audit log, which every change is in. */
export const useRefresh = () => {
  const queries = useQueryClient();
  return (changes: readonly RouteName[]) =>
    Promise.all([...changes, 'listAuditEvents'].map((route) => queries.invalidateQueries({ queryKey: [route] })));
};
