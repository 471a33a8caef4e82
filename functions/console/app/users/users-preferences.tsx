import CollectionPreferences, {
  type CollectionPreferencesProps,
} from '@cloudscape-design/components/collection-preferences';
import { usersColumns } from './users-columns.tsx';

type Preferences = CollectionPreferencesProps.Preferences;

const presetColumns = usersColumns.map(({ id = '' }) => ({ id, visible: true }));

export const presetPreferences = { pageSize: 50, wrapLines: true, contentDisplay: presetColumns } satisfies Preferences;

interface UsersPreferencesProps {
  preferences: Preferences;
  onChange: (preferences: Preferences) => void;
}

/** How many to a page, which columns in which order. The words are Cloudscape's own. */
export const UsersPreferences = ({ preferences, onChange }: UsersPreferencesProps) => (
  <CollectionPreferences
    preferences={preferences}
    onConfirm={({ detail }) => onChange(detail)}
    pageSizePreference={{ options: [20, 50, 100].map((value) => ({ value, label: String(value) })) }}
    wrapLinesPreference={{}}
    contentDisplayPreference={{
      options: usersColumns.map(({ id = '', header }) => ({
        id,
        label: header as string,
        alwaysVisible: id === 'name',
      })),
    }}
  />
);
