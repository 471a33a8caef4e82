import { useMemo } from 'react';
import type { Column } from '../parts/data-table.tsx';
import { useAddressesHidden } from './use-addresses-hidden.ts';

/** The columns of what an organization can hide from its members (`hideAddresses`). */
const hidden = new Set(['email', 'lastSeenAt']);

/** The columns of a table of users without those that are empty because the organization hides their contents from this person. */
export const useVisibleColumns = <T>(columns: Column<T>[]): Column<T>[] => {
  const without = useAddressesHidden();
  return useMemo(
    () => (without ? columns.filter(({ id }) => id === undefined || !hidden.has(id)) : columns),
    [columns, without],
  );
};
