import Box from '@cloudscape-design/components/box';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { usePages } from '../data/use-pages.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { LoadError, Loading } from '../parts/states.tsx';
import { DeclineModal } from './decline-modal.tsx';
import { InviteToMe } from './invite-to-me.tsx';
import type { MyInvite } from './my-invite.ts';
import { meTexts as texts } from './texts.ts';
import { useAcceptInvite } from './use-accept-invite.ts';

const pageSize = 10;

/** The signed-in person’s pending invitations from all organizations. */
export const MyInvites = () => {
  const { items, error: unread, data, hasNextPage, pagination, refetch } = usePages('listMyInvites', {}, pageSize);
  const { accept, accepting, error } = useAcceptInvite();
  const [declining, setDeclining] = useState<MyInvite>();
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={texts.invitesText}
          actions={(pagination.pagesCount > 1 || hasNextPage) && <Pagination {...pagination} />}
        >
          {texts.invites}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <ProblemAlert error={error} />
        {unread && <LoadError error={unread} retry={refetch} />}
        {!unread && !data && <Loading />}
        {data && items.length === 0 && <Box color="text-body-secondary">{texts.noInvites}</Box>}
        <ColumnLayout columns={1} borders="horizontal">
          {items.map((invite) => (
            <InviteToMe
              key={invite.id}
              invite={invite}
              busy={accepting === invite.id}
              onAccept={() => void accept(invite)}
              onDecline={() => setDeclining(invite)}
            />
          ))}
        </ColumnLayout>
      </SpaceBetween>
      {declining && <DeclineModal invite={declining} onClose={() => setDeclining(undefined)} />}
    </Container>
  );
};
