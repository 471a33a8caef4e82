import { shellTexts as texts } from '../shell/texts.ts';
import { useOrganization } from './use-organization.ts';
import { useOrganizations } from './use-organizations.ts';

/** The name of the organization in the address. */
export const useOrganizationName = (): string => {
  const { organizationId } = useOrganization();
  const { data } = useOrganizations();
  return data?.find(({ id }) => id === organizationId)?.name ?? texts.organization;
};
