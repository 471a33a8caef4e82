import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useRead } from '../data/use-read.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { Loading } from '../parts/states.tsx';
import { unless } from '../parts/unless.ts';
import { DeleteUserModal } from '../users/delete-user-modal.tsx';
import { useUserActions } from '../users/use-user-actions.ts';
import type { User } from '../users/user.ts';
import { MyAccount } from './my-account.tsx';
import { MyInvites } from './my-invites.tsx';
import { MyNotifications } from './my-notifications.tsx';
import { MyRights } from './my-rights.tsx';
import { SecondFactor } from './second-factor.tsx';
import { meTexts as texts } from './texts.ts';

const MePage = () => {
  const { params } = useOrganization();
  const { data: me, isPending } = useRead('getMyUser', { params });
  // `OrganizationPages` reads the same and shows the error.
  if (!me) return isPending ? <Loading /> : null;
  return (
    <ContentLayout
      header={
        <Header variant="h1" actions={<Leave me={me} />}>
          {texts.me}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <MyAccount me={me} />
        <SecondFactor email={me.email} />
        <MyInvites />
        <MyNotifications />
        <MyRights permissions={me.permissions} />
      </SpaceBetween>
    </ContentLayout>
  );
};

const Leave = ({ me }: { me: User }) => {
  const [open, setOpen] = useState(false);
  const { whyNotDelete } = useUserActions(me);
  return (
    <>
      <Button {...unless(whyNotDelete)} onClick={() => setOpen(true)}>
        {texts.leave}
      </Button>
      {open && <DeleteUserModal user={me} onClose={() => setOpen(false)} />}
    </>
  );
};

export default MePage;
