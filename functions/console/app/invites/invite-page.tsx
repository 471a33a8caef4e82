import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { RestoredNotice } from '../parts/restored-notice.tsx';
import { useDraft } from '../parts/use-draft.ts';
import { emptyDraft, inviteDraftShape, type InviteBody, type InviteDraft, type InviteResult } from './invite-draft.ts';
import { InviteForm } from './invite-form.tsx';
import { InviteResults } from './invite-results.tsx';
import { inviteTexts as texts } from './texts.ts';

const InvitePage = () => {
  const draft = useDraft<InviteDraft>({ name: 'invite', initial: emptyDraft, shape: inviteDraftShape });
  const [sent, setSent] = useState<{ body: InviteBody; results: InviteResult[] }>();

  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={texts.description}>
        {texts.inviteUsers}
      </Header>
      {sent ? (
        <InviteResults
          {...sent}
          onRetried={(results) => setSent({ ...sent, results })}
          onCorrect={(emails) => {
            draft.set({ ...draft.value, emails, file: undefined });
            setSent(undefined);
          }}
          onMore={() => {
            draft.discard();
            setSent(undefined);
          }}
        />
      ) : (
        <>
          <RestoredNotice draft={draft} />
          <InviteForm
            draft={draft.value}
            onChange={draft.set}
            onSent={(body, results) => {
              draft.sent();
              setSent({ body, results });
            }}
          />
        </>
      )}
    </SpaceBetween>
  );
};

export default InvitePage;
