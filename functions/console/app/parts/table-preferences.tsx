import CollectionPreferences, {
  type CollectionPreferencesProps,
} from '@cloudscape-design/components/collection-preferences';
import { pageItemsDefault, pageItemsMax } from '../../../../shared/limits.ts';

/** How a person likes a table. */
export interface Preferences {
  pageSize: number;
  wrapLines: boolean;
  contentDisplay: readonly CollectionPreferencesProps.ContentDisplayItem[];
}

interface Column {
  id?: string;
  header?: unknown;
}

/** All columns in their order. Those with an id in `hidden` are offered, and not shown. */
export const presetPreferences = (columns: Column[], hidden: string[] = []): Preferences => ({
  pageSize: pageItemsDefault,
  wrapLines: true,
  contentDisplay: columns.map(({ id = '' }) => ({ id, visible: !hidden.includes(id) })),
});

interface TablePreferencesProps {
  columns: Column[];
  preferences: Preferences;
  onChange: (preferences: Preferences) => void;
}

/** How many to a page, which columns in which order; the first one stays. The words are Cloudscape's own. */
export const TablePreferences = ({ columns, preferences, onChange }: TablePreferencesProps) => (
  <CollectionPreferences
    preferences={preferences}
    // All of them are offered below.
    onConfirm={({ detail }) => onChange(detail as Preferences)}
    pageSizePreference={{
      options: [20, pageItemsDefault, pageItemsMax].map((value) => ({ value, label: String(value) })),
    }}
    wrapLinesPreference={{}}
    contentDisplayPreference={{
      options: columns.map(({ id = '', header }, index) => ({
        id,
        label: header as string,
        alwaysVisible: index === 0,
      })),
    }}
  />
);
