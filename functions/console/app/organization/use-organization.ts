import { createContext, useContext } from 'react';

export interface OrganizationInAddress {
  organizationId: string;
  /** For calls of routes: `useRead('listPools', { params })`. */
  params: { organizationId: string };
  /** An address of the console in this organization: `pathTo('/users')`. */
  pathTo(page: string): string;
}

export const OrganizationContext = createContext<OrganizationInAddress | undefined>(undefined);

/** The organization that the address names. */
export const useOrganization = (): OrganizationInAddress => {
  const found = useContext(OrganizationContext);
  if (!found) throw new Error('No organization is chosen here');
  return found;
};
