import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { shownAddress } from '../../../../shared/shown-address.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { BulkModal } from '../parts/bulk-modal.tsx';
import { BulkNames } from '../parts/bulk-names.tsx';
import { changeInvites } from './change-invites.ts';
import type { Invite } from './invite.ts';
import { invitationsTexts as texts } from './texts.ts';

interface RevokeModalProps {
  invites: Invite[];
  /** Called with the revoked invites. */
  onClose: (revoked: Invite[]) => void;
}

export const RevokeModal = ({ invites, onClose }: RevokeModalProps) => {
  const { params } = useOrganization();
  return (
    <BulkModal
      items={invites}
      words={{ nameOf: ({ email }) => shownAddress(email), done: ({ length }) => texts.revoked(length) }}
      header={({ length }) => texts.revokeMany(length)}
      submit={texts.revoke}
      request={changeInvites(params, 'revoke')}
      changes={['listInvites']}
      onClose={onClose}
    >
      {() => (
        <SpaceBetween size="m">
          <BulkNames names={invites.map(({ email }) => shownAddress(email))} />
          <Box>{texts.revokeText}</Box>
        </SpaceBetween>
      )}
    </BulkModal>
  );
};
