import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { formatDay, formatMoment } from '../parts/format.ts';
import { InviteRoles } from './invite-roles.tsx';
import type { MyInvite } from './my-invite.ts';
import { meTexts as texts } from './texts.ts';

interface InviteToMeProps {
  invite: MyInvite;
  busy: boolean;
  onAccept: () => void;
  onDecline: () => void;
}

export const InviteToMe = ({ invite, busy, onAccept, onDecline }: InviteToMeProps) => {
  const { organization, roles, inviter, namesake, refusal, expiresAt, message } = invite;
  return (
    <SpaceBetween size="s">
      <Header
        variant="h3"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button ariaLabel={texts.declineOf(organization.name)} onClick={onDecline}>
              {texts.decline}
            </Button>
            {refusal === undefined && (
              <Button variant="primary" loading={busy} ariaLabel={texts.acceptOf(organization.name)} onClick={onAccept}>
                {texts.accept}
              </Button>
            )}
          </SpaceBetween>
        }
      >
        {organization.name}
      </Header>
      {refusal === 'domain_not_allowed' && <Alert type="info">{texts.domainNotAllowed(organization.name)}</Alert>}
      {namesake && <Alert type="warning">{texts.namesake(organization.name)}</Alert>}
      <InviteRoles roles={roles} />
      <KeyValuePairs
        columns={3}
        items={[
          { label: texts.invitedBy, value: inviter.email ? `${inviter.name} (${inviter.email})` : inviter.name },
          { label: texts.organizationCreated, value: formatDay(organization.createdAt) },
          { label: texts.expires, value: formatMoment(expiresAt) },
          ...(message === undefined ? [] : [{ label: texts.message, value: message }]),
        ]}
      />
    </SpaceBetween>
  );
};
