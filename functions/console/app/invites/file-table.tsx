import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Icon from '@cloudscape-design/components/icon';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { formatNumber } from '../parts/format.ts';
import { DraftRoleChips } from './draft-role-chips.tsx';
import { fileTexts as texts } from './file-texts.ts';
import type { FileInvitee, InviteFile } from './invite-file.ts';
import { useLocalPages } from './use-local-pages.tsx';

const perPage = 10;

interface FileTableProps {
  file: InviteFile;
  /** The errors of the form. The pointer `/invitees/12/roles` refers to the person at index 12. */
  errors: { pointer: string; detail: string }[];
  onChange: (file: InviteFile | undefined) => void;
}

/** Lists the people in a CSV file. Lines with errors come first. */
export const FileTable = ({ file, errors, onChange }: FileTableProps) => {
  const problems = new Map(
    file.invitees.map((invitee, index) => [
      invitee,
      invitee.problem ?? errors.find(({ pointer }) => pointer.startsWith(`/invitees/${index}/`))?.detail,
    ]),
  );
  const wrong = file.invitees.filter((invitee) => problems.get(invitee) !== undefined);
  const right = file.invitees.filter((invitee) => problems.get(invitee) === undefined);
  const pages = useLocalPages([...wrong, ...right], perPage);
  const columns: Column<FileInvitee>[] = [
    { id: 'email', header: texts.columns.email, cell: ({ email }) => email, isRowHeader: true, minWidth: 170 },
    { id: 'line', header: texts.columns.line, cell: ({ line }) => formatNumber(line), minWidth: 70 },
    {
      id: 'roles',
      header: texts.columns.roles,
      cell: ({ roles, problem }) =>
        roles.length > 0 ? <DraftRoleChips roles={roles} /> : problem === undefined && texts.commonRoles,
      minWidth: 150,
    },
    {
      id: 'problem',
      header: texts.columns.problem,
      cell: (invitee) => {
        const problem = problems.get(invitee);
        return problem === undefined ? (
          <StatusIndicator type="success">{texts.noProblem}</StatusIndicator>
        ) : (
          // Not a StatusIndicator, because it breaks long texts in the middle of words.
          <Box color="text-status-error">
            <Icon name="status-negative" ariaLabel={texts.error} /> {problem}
          </Box>
        );
      },
      minWidth: 180,
    },
  ];
  return (
    <DataTable
      variant="embedded"
      wrapLines
      items={pages.items}
      trackBy={({ line }) => String(line)}
      columnDefinitions={columns}
      ariaLabels={{ tableLabel: texts.title(file.name, file.invitees.length) }}
      header={
        <Header
          variant="h3"
          description={file.ignored.length > 0 && texts.ignored(file.ignored)}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {wrong.length > 0 && right.length > 0 && (
                <Button formAction="none" onClick={() => onChange({ ...file, invitees: right })}>
                  {texts.removeWrong(wrong.length)}
                </Button>
              )}
              <Button formAction="none" onClick={() => onChange(undefined)}>
                {texts.remove}
              </Button>
            </SpaceBetween>
          }
        >
          {texts.title(file.name, file.invitees.length)}
        </Header>
      }
      pagination={pages.pagination}
    />
  );
};
