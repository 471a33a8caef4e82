import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { Loading } from '../parts/states.tsx';
import { unless } from '../parts/unless.ts';
import { useRights } from '../rights/use-rights.ts';
import { DeleteUserModal } from '../users/delete-user-modal.tsx';
import { useUserActions } from '../users/use-user-actions.ts';
import type { User } from '../users/user.ts';
import { MyAccount } from './my-account.tsx';
import { MyInvites } from './my-invites.tsx';
import { MyRights } from './my-rights.tsx';
import { meTexts as texts } from './texts.ts';

const MePage = () => {
  const { me } = useRights();
  // Without it the pages of the organization say why.
  if (!me) return <Loading />;
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
        <MyInvites />
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
