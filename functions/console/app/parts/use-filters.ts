import { useSearchParams } from 'wouter';

/** The filters of a list, which are part of the address: `const [{ search, role }, setFilters] = useFilters(['search', 'role'])`. */
export const useFilters = <const N extends string>(
  names: readonly N[],
): [Partial<Record<N, string>>, (chosen: Partial<Record<N, string | undefined>>) => void] => {
  const [address, setAddress] = useSearchParams();
  const filters = Object.fromEntries(
    names.flatMap((name) => {
      const value = address.get(name);
      return value === null ? [] : [[name, value]];
    }),
  ) as Partial<Record<N, string>>;
  const setFilters = (chosen: Partial<Record<N, string | undefined>>) =>
    setAddress(
      (previous) => {
        const next = new URLSearchParams(previous);
        for (const [name, value] of Object.entries<string | undefined>(chosen))
          if (value) next.set(name, value);
          else next.delete(name);
        return next;
      },
      { replace: true },
    );
  return [filters, setFilters];
};
