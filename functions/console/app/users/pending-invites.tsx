import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import type { CallOf } from '../data/client.ts';
import { removalTexts as texts } from './removal-texts.ts';

export type PendingInvitesChoice = NonNullable<NonNullable<CallOf<'removeUser'>['query']>['pendingInvites']>;

/** The default of the API. */
export const safestChoice: PendingInvitesChoice = 'revoke_managers';

interface PendingInvitesProps {
  label: string;
  description: string;
  /** Whether the choice is about the signed-in person, who has a successor. */
  self: boolean;
  value: PendingInvitesChoice;
  onChange: (value: PendingInvitesChoice) => void;
}

/** Asks what happens to the pending invites of somebody who leaves, is removed, or may no longer invite. */
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
