import { useRead } from '../data/use-read.ts';
import { useOrganization } from './use-organization.ts';

/** The currency of the organization’s amounts, such as `USD`. Undefined until it is read. */
export const useCurrency = (): string | undefined => {
  const { params } = useOrganization();
  return useRead('getOrganization', { params }).data?.currency;
};
