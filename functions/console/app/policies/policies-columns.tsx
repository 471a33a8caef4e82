import Box from '@cloudscape-design/components/box';
import { entryOf } from '../../../../shared/open-enum.ts';
import type { Column } from '../parts/data-table.tsx';
import { UserLink } from '../parts/user-link.tsx';
import type { Policy } from './policy.ts';
import { filtersInWords, policiesTexts as texts, policyTypeTexts, ruleInWords } from './texts.ts';

const { columns } = texts;

export const policiesColumns: Column<Policy>[] = [
  { id: 'name', header: columns.name, cell: ({ name }) => name, isRowHeader: true, minWidth: 130 },
  { id: 'type', header: columns.type, cell: ({ type }) => entryOf(policyTypeTexts, type)?.name ?? type, minWidth: 130 },
  {
    id: 'rule',
    header: columns.rule,
    cell: (policy) => (
      <>
        {ruleInWords(policy)}
        <Box variant="small" display="block">
          {filtersInWords(policy.filters)}
        </Box>
      </>
    ),
    minWidth: 200,
  },
  {
    id: 'place',
    header: columns.place,
    cell: ({ poolId, poolName }) => (poolId === undefined ? texts.wholeOrganization : (poolName ?? poolId)),
    minWidth: 130,
  },
  {
    id: 'owner',
    header: columns.owner,
    cell: ({ ownerId, ownerName }) => <UserLink id={ownerId} name={ownerName} />,
    minWidth: 130,
  },
];
