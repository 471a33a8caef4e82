import { Shell } from '../shell/shell.tsx';
import { shellTexts as texts } from '../shell/texts.ts';
import { CreateOrganization } from './create-organization.tsx';
import { lastOrganization } from './last-organization.ts';

/** At `/console/new`: creates an organization, also for people who already belong to others. */
export const NewOrganization = () => {
  // The top bar shows the last organization, so that the person can return to it.
  const organizationId = lastOrganization();
  return (
    <Shell {...(organizationId !== null && { organizationId })}>
      <title>{`${texts.createOrganization} · ${texts.product}`}</title>
      <CreateOrganization title={texts.createOrganization} description={texts.createOrganizationText} />
    </Shell>
  );
};
