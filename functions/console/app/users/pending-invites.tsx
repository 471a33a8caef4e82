import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import { removalTexts as texts } from './removal-texts.ts';
import type { RemovalChoice } from './use-remove-user.ts';

interface PendingInvitesProps {
  count: number;
  /** Undefined: the signed-in person. */
  sentBy: string | undefined;
  value: RemovalChoice['pendingInvites'];
  onChange: (value: RemovalChoice['pendingInvites']) => void;
}

/** What becomes of the pending invites of somebody who goes. */
export const PendingInvites = ({ count, sentBy, value, onChange }: PendingInvitesProps) => (
  <FormField
    label={texts.invites(count)}
    description={sentBy === undefined ? texts.invitesOfYours : texts.invitesText(sentBy)}
  >
    <RadioGroup
      value={value}
      onChange={({ detail }) => onChange(detail.value as RemovalChoice['pendingInvites'])}
      items={[
        {
          value: 'keep',
          label: texts.keep,
          description: sentBy === undefined ? texts.keepOfYours : texts.keepText,
        },
        { value: 'revoke', label: texts.revoke, description: texts.revokeText },
      ]}
    />
  </FormField>
);
