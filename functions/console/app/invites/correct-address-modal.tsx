import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { parsePasted } from '../../../../shared/invites/parse-pasted.ts';
import { shownAddress } from '../../../../shared/shown-address.ts';
import { textShape } from '../parts/draft-shape.ts';
import { FormModal } from '../parts/form-modal.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { placeProblem } from '../parts/problem.ts';
import { useDraft } from '../parts/use-draft.ts';
import type { Invite } from './invite.ts';
import { invitationsTexts as texts } from './texts.ts';
import { useUpdateInvite } from './use-update-invite.ts';

interface CorrectAddressModalProps {
  invite: Invite;
  onClose: () => void;
}

export const CorrectAddressModal = ({ invite, onClose }: CorrectAddressModalProps) => {
  const shown = shownAddress(invite.email);
  const draft = useDraft({
    name: 'correct-address',
    of: invite.id,
    version: invite.version,
    initial: shown,
    shape: textShape,
  });
  const email = draft.value;
  const { save, reload, error, busy } = useUpdateInvite(invite, draft);
  const problem = placeProblem(error, ['/email']);
  const [entered = '', ...more] = parsePasted(email);
  const unchanged = entered === '' || entered === shown;
  const submit = async () => {
    if (unchanged) return;
    if (await save({ email: more.length === 0 ? entered : email }, (changed) => texts.corrected(changed.email)))
      onClose();
  };
  return (
    <FormModal
      header={texts.correctOf(invite.email)}
      submit={texts.saveAndSend}
      onSubmit={submit}
      onClose={onClose}
      busy={busy}
      draft={draft}
      disabled={unchanged}
    >
      <ProblemAlert error={error} placed={problem} reload={reload} />
      <FormField label={texts.columns.email} description={texts.correctText} errorText={problem.at('/email')} stretch>
        <Input type="email" inputMode="email" value={email} onChange={({ detail }) => draft.set(detail.value)} />
      </FormField>
    </FormModal>
  );
};
