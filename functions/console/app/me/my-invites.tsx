import Cards from '@cloudscape-design/components/cards';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { usePages } from '../data/use-pages.ts';
import { formatMoment } from '../parts/format.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { Empty, LoadError } from '../parts/states.tsx';
import { DeclineModal } from './decline-modal.tsx';
import { InviteAnswer } from './invite-answer.tsx';
import { InviteRoles } from './invite-roles.tsx';
import type { MyInvite } from './my-invite.ts';
import { meTexts as texts } from './texts.ts';
import { useAcceptInvite } from './use-accept-invite.ts';

/** Pending invites to the signed-in person, of any organization. */
export const MyInvites = () => {
  const invites = usePages('listMyInvites', {}, 10);
  const { accept, accepting, error } = useAcceptInvite();
  const [declining, setDeclining] = useState<MyInvite>();
  return (
    <SpaceBetween size="s">
      <ProblemAlert error={error} />
      <Cards
        header={
          <Header variant="h2" description={texts.invitesText}>
            {texts.invites}
          </Header>
        }
        ariaLabels={{ cardsLabel: texts.invites, itemSelectionLabel: () => '', selectionGroupLabel: '' }}
        items={invites.items}
        loading={invites.busy}
        trackBy="id"
        cardsPerRow={[{ cards: 1 }, { minWidth: 700, cards: 2 }]}
        cardDefinition={{
          header: ({ organization }) => organization.name,
          sections: [
            { id: 'gives', header: texts.gives, content: ({ roles }) => <InviteRoles roles={roles} /> },
            { id: 'message', header: texts.message, content: ({ message }) => message },
            { id: 'by', header: texts.invitedBy, width: 50, content: ({ inviter }) => inviter.name },
            { id: 'expires', header: texts.expires, width: 50, content: ({ expiresAt }) => formatMoment(expiresAt) },
            {
              id: 'answer',
              content: (invite) => (
                <InviteAnswer
                  organization={invite.organization.name}
                  busy={accepting === invite.id}
                  onAccept={() => void accept(invite)}
                  onDecline={() => setDeclining(invite)}
                />
              ),
            },
          ],
        }}
        empty={
          invites.error ? (
            <LoadError error={invites.error} retry={invites.refetch} />
          ) : (
            <Empty title={texts.noInvites} />
          )
        }
        pagination={
          invites.pagination.pagesCount > 1 || invites.hasNextPage ? <Pagination {...invites.pagination} /> : undefined
        }
      />
      {declining && <DeclineModal invite={declining} onClose={() => setDeclining(undefined)} />}
    </SpaceBetween>
  );
};
