import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import type { CallOf } from '../data/client.ts';
import { removalTexts as texts } from './removal-texts.ts';

export type PendingInvitesChoice = NonNullable<NonNullable<CallOf<'removeUser'>['query']>['pendingInvites']>;

/** In the order of the screen. */
export const pendingInvitesChoices = ['revoke_managers', 'keep', 'revoke'] as const satisfies PendingInvitesChoice[];

/** The choice that is selected at first. The API has the same default. */
export const safestChoice: PendingInvitesChoice = 'revoke_managers';

interface PendingInvitesProps {
  label: string;
  description: string;
  /** Whether the signed-in person leaves, so that their successor becomes responsible for the invitations. */
  self: boolean;
  value: PendingInvitesChoice;
  onChange: (value: PendingInvitesChoice) => void;
}

/** Asks what happens to the pending invitations of users who leave, are deleted, or can no longer invite. */
export const PendingInvites = ({ label, description, self, value, onChange }: PendingInvitesProps) => (
  <FormField label={label} description={description}>
    <RadioGroup
      value={value}
      onChange={({ detail }) => onChange(detail.value as PendingInvitesChoice)}
      items={[
        {
          value: 'revoke_managers',
          label: texts.revokeManagers,
          description: self ? texts.revokeManagersOfYours : texts.revokeManagersText,
        },
        { value: 'keep', label: texts.keep, description: self ? texts.keepOfYours : texts.keepText },
        { value: 'revoke', label: texts.revoke, description: texts.revokeText },
      ]}
    />
  </FormField>
);

/** The same question about users who lose the right to invite because their roles change. */
export const PendingInvitesOfDemoted = (props: Pick<PendingInvitesProps, 'value' | 'onChange'>) => (
  <PendingInvites label={texts.pendingInvites} description={texts.invitesOfDemoted} self={false} {...props} />
);
