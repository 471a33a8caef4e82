import Button from '@cloudscape-design/components/button';
import { usersTexts as texts } from './texts.ts';
import { useExport } from './use-export.ts';
import type { User } from './user.ts';
import type { UserFilters } from './users-filters.tsx';

interface ExportButtonProps {
  selected: User[];
  query: UserFilters;
}

/** Exports the selected users or, if none are selected, all users that the query finds. */
export const ExportButton = ({ selected, query }: ExportButtonProps) => {
  const { exportThese, exportAll } = useExport(query.status);
  return (
    <Button iconName="download" onClick={() => void (selected.length > 0 ? exportThese(selected) : exportAll(query))}>
      {selected.length > 0 ? texts.exportSelected : texts.exportCsv}
    </Button>
  );
};
