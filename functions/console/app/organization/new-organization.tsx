import { Shell } from '../shell/shell.tsx';
import { shellTexts as texts } from '../shell/texts.ts';
import { CreateOrganization } from './create-organization.tsx';
import { lastOrganization } from './last-organization.ts';

/** At `/console/new`: for somebody who may belong to other organizations already. */
export const NewOrganization = () => {
  // The top bar keeps the way back to the organization that the person comes from.
  const organizationId = lastOrganization();
  return (
    <Shell {...(organizationId !== null && { organizationId })}>
      <title>{`${texts.createOrganization} · ${texts.product}`}</title>
      <CreateOrganization title={texts.createOrganization} description={texts.createOrganizationText} />
    </Shell>
  );
};
