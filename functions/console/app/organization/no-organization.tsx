import SpaceBetween from '@cloudscape-design/components/space-between';
import { MyInvites } from '../me/my-invites.tsx';
import { CreateOrganization } from './create-organization.tsx';

/** The ways into an organization for somebody who belongs to none. */
export const NoOrganization = () => (
  <SpaceBetween size="xxl">
    <CreateOrganization />
    <MyInvites />
  </SpaceBetween>
);
