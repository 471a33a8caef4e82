import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { Loading, NoPermission } from '../parts/states.tsx';
import { useRights } from '../rights/use-rights.ts';
import { emptyDraft, type InviteBody, type InviteResult } from './invite-draft.ts';
import { InviteForm } from './invite-form.tsx';
import { InviteResults } from './invite-results.tsx';
import { inviteTexts as texts } from './texts.ts';

const InvitePage = () => {
  const { ready, whyNot } = useRights();
  const refused = whyNot('invite_users');
  const [draft, setDraft] = useState(emptyDraft);
  const [sent, setSent] = useState<{ body: InviteBody; results: InviteResult[] }>();

  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={texts.description}>
        {texts.inviteUsers}
      </Header>
      {!ready ? (
        <Loading />
      ) : refused !== undefined ? (
        <NoPermission why={refused} />
      ) : sent ? (
        <InviteResults
          {...sent}
          onRetried={(results) => setSent({ ...sent, results })}
          onCorrect={(emails) => {
            setDraft({ ...draft, emails });
            setSent(undefined);
          }}
          onMore={() => {
            setDraft(emptyDraft);
            setSent(undefined);
          }}
        />
      ) : (
        <InviteForm draft={draft} onChange={setDraft} onSent={(body, results) => setSent({ body, results })} />
      )}
    </SpaceBetween>
  );
};

export default InvitePage;
