import Box from '@cloudscape-design/components/box';
import { shownAddress } from '../../../../shared/shown-address.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { BulkModal } from '../parts/bulk-modal.tsx';
import { changeInvites } from './change-invites.ts';
import type { Invite } from './invite.ts';
import { invitationsTexts as texts, inviteTexts } from './texts.ts';

/** The number of addresses that a person can take in at a glance. */
const named = 10;

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
        <>
          <div>
            {invites.slice(0, named).map(({ id, email }) => (
              <Box key={id} variant="strong" display="block">
                {shownAddress(email)}
              </Box>
            ))}
            {invites.length > named && inviteTexts.more(invites.length - named)}
          </div>
          <Box>{texts.revokeText}</Box>
        </>
      )}
    </BulkModal>
  );
};
