import Box from '@cloudscape-design/components/box';
import { useChange } from '../data/use-change.ts';
import { FormModal } from '../parts/form-modal.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { paramsOf, type MyInvite } from './my-invite.ts';
import { meTexts as texts } from './texts.ts';

/** Asks for confirmation, because a declined invitation cannot be accepted later. */
export const DeclineModal = ({ invite, onClose }: { invite: MyInvite; onClose: () => void }) => {
  const { organization, inviter } = invite;
  const decline = useChange('declineMyInvite', {
    changes: ['listMyInvites', 'listInvites'],
    done: () => texts.declined(organization.name),
  });
  return (
    <FormModal
      header={texts.declineOf(organization.name)}
      submit={texts.decline}
      onSubmit={() => decline.mutateAsync({ call: { params: paramsOf(invite) } }).then(onClose, () => undefined)}
      onClose={onClose}
      busy={decline.isPending}
    >
      <ProblemAlert error={decline.error} />
      <Box>{texts.declineText(inviter.name)}</Box>
    </FormModal>
  );
};
