import CollectionPreferences, {
  type CollectionPreferencesProps,
} from '@cloudscape-design/components/collection-preferences';
import { pageItemsDefault, pageItemsMax } from '../../../../shared/limits.ts';

/** A person's settings for a table. */
export interface Preferences {
  pageSize: number;
  wrapLines: boolean;
  contentDisplay: readonly CollectionPreferencesProps.ContentDisplayItem[];
}

interface Column {
  id?: string;
  header?: unknown;
}

/** The default settings: all columns in their order. Columns with an id in `hidden` are available, but not visible at first. */
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

/** Sets the page size, and the order and visibility of columns. The first column is always visible. Cloudscape provides the texts. */
export const TablePreferences = ({ columns, preferences, onChange }: TablePreferencesProps) => (
  <CollectionPreferences
    preferences={preferences}
    // Every preference is offered below, so every field is set.
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
