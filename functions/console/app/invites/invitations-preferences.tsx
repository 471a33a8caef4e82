import CollectionPreferences, {
  type CollectionPreferencesProps,
} from '@cloudscape-design/components/collection-preferences';
import { invitationsColumns } from './invitations-columns.tsx';

type Preferences = CollectionPreferencesProps.Preferences;

export const presetPreferences = {
  pageSize: 50,
  wrapLines: true,
  contentDisplay: invitationsColumns.map(({ id = '' }) => ({ id, visible: true })),
} satisfies Preferences;

interface InvitationsPreferencesProps {
  preferences: Preferences;
  onChange: (preferences: Preferences) => void;
}

export const InvitationsPreferences = ({ preferences, onChange }: InvitationsPreferencesProps) => (
  <CollectionPreferences
    preferences={preferences}
    onConfirm={({ detail }) => onChange(detail)}
    pageSizePreference={{ options: [20, 50, 100].map((value) => ({ value, label: String(value) })) }}
    wrapLinesPreference={{}}
    contentDisplayPreference={{
      options: invitationsColumns.map(({ id = '', header }) => ({
        id,
        label: header as string,
        alwaysVisible: id === 'email',
      })),
    }}
  />
);
