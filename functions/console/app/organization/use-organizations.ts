import { useQuery } from '@tanstack/react-query';
import { readAll } from '../data/use-pages.ts';

/** All organizations of the person, by name. They are few for most people, so every page is read. */
export const useOrganizations = () =>
  useQuery({
    queryKey: ['listOrganizations'],
    queryFn: async () => (await readAll('listOrganizations', {})).toSorted((a, b) => a.name.localeCompare(b.name)),
  });
