import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Icon from '@cloudscape-design/components/icon';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { usePools } from '../organization/use-pools.ts';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { formatNumber } from '../parts/format.ts';
import { RoleChips } from '../parts/role-chips.tsx';
import { fileTexts as texts } from './file-texts.ts';
import type { FileInvitee, InviteFile } from './invite-file.ts';

const perPage = 10;

interface FileTableProps {
  file: InviteFile;
  /** What the API refused: `/invitees/12/roles`. */
  errors: { pointer: string; detail: string }[];
  onChange: (file: InviteFile | undefined) => void;
}

/** The people in a CSV file, those with errors first. */
export const FileTable = ({ file, errors, onChange }: FileTableProps) => {
  const { tree } = usePools();
  const [page, setPage] = useState(1);
  const problemOf = (invitee: FileInvitee): string | undefined =>
    invitee.problem ??
    errors.find(({ pointer }) => pointer.startsWith(`/invitees/${file.invitees.indexOf(invitee)}/`))?.detail;
  const wrong = file.invitees.filter((invitee) => problemOf(invitee) !== undefined);
  const right = file.invitees.filter((invitee) => problemOf(invitee) === undefined);
  const ordered = [...wrong, ...right];
  const columns: Column<FileInvitee>[] = [
    { id: 'email', header: texts.columns.email, cell: ({ email }) => email, isRowHeader: true, minWidth: 170 },
    { id: 'line', header: texts.columns.line, cell: ({ line }) => formatNumber(line), minWidth: 70 },
    {
      id: 'roles',
      header: texts.columns.roles,
      cell: ({ roles, problem }) =>
        roles.length > 0 ? (
          <RoleChips
            roles={roles.flatMap(({ role, poolId }) =>
              role ? [{ role, poolId, poolName: poolId && tree.get(poolId)?.name }] : [],
            )}
          />
        ) : (
          problem === undefined && texts.commonRoles
        ),
      minWidth: 150,
    },
    {
      id: 'problem',
      header: texts.columns.problem,
      cell: (invitee) => {
        const problem = problemOf(invitee);
        return problem === undefined ? (
          <StatusIndicator type="success">{texts.noProblem}</StatusIndicator>
        ) : (
          // A status indicator would break its text in the middle of words.
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
      items={ordered.slice((page - 1) * perPage, page * perPage)}
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
      pagination={
        ordered.length > perPage && (
          <Pagination
            currentPageIndex={page}
            pagesCount={Math.ceil(ordered.length / perPage)}
            onChange={({ detail }) => setPage(detail.currentPageIndex)}
          />
        )
      }
    />
  );
};
