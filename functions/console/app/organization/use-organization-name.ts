import { useRead } from '../data/use-read.ts';
import { shellTexts as texts } from '../shell/texts.ts';
import { useOrganization } from './use-organization.ts';

/** What the organization in the address is called. */
export const useOrganizationName = (): string => {
  const { organizationId } = useOrganization();
  const { data } = useRead('listOrganizations', {});
  return data?.items.find(({ id }) => id === organizationId)?.name ?? texts.organization;
};
