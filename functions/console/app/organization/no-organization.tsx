import SpaceBetween from '@cloudscape-design/components/space-between';
import { MyInvites } from '../me/my-invites.tsx';
import { shellTexts as texts } from '../shell/texts.ts';
import { CreateOrganization } from './create-organization.tsx';

/** The ways into an organization for somebody who belongs to none. */
export const NoOrganization = () => (
  <SpaceBetween size="xxl">
    <CreateOrganization title={texts.noOrganization} description={texts.noOrganizationText} />
    <MyInvites />
  </SpaceBetween>
);
