import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useChange } from '../data/use-change.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { shellTexts } from '../shell/texts.ts';
import { paramsOf, type MyInvite } from './my-invite.ts';
import { meTexts as texts } from './texts.ts';

/** Asks first: nobody but the inviter can undo it. */
export const DeclineModal = ({ invite, onClose }: { invite: MyInvite; onClose: () => void }) => {
  const { organization, inviter } = invite;
  const decline = useChange('declineMyInvite', {
    changes: ['listMyInvites', 'listInvites'],
    done: () => texts.declined(organization.name),
  });
  return (
    <Modal
      visible
      header={texts.declineOf(organization.name)}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              {shellTexts.cancel}
            </Button>
            <Button
              variant="primary"
              loading={decline.isPending}
              onClick={() => decline.mutate({ call: { params: paramsOf(invite) } }, { onSuccess: onClose })}
            >
              {texts.decline}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        <ProblemAlert error={decline.error} />
        <Box>{texts.declineText(inviter.name)}</Box>
      </SpaceBetween>
    </Modal>
  );
};
