import Header from '@cloudscape-design/components/header';
import type { ValueOf } from '../data/client.ts';
import { useOrganizationName } from '../organization/use-organization-name.ts';
import { usePools } from '../organization/use-pools.ts';
import { DataTable } from '../parts/data-table.tsx';
import { entryOf } from '../../../../shared/open-enum.ts';
import { meTexts as texts, rightNames } from './texts.ts';

type Right = ValueOf<'getMyUser'>['permissions'][number];

/** The permissions of the signed-in person and the pools in which they apply, as the API reports them. */
export const MyRights = ({ permissions }: { permissions: Right[] }) => {
  const { tree } = usePools();
  const organization = useOrganizationName();
  const where = ({ anywhere, pools }: Right): string[] =>
    anywhere
      ? [texts.anywhere]
      : pools.flatMap(({ poolId, reach }) => {
          const pool = tree.get(poolId);
          return pool ? [reach === 'anywhere' ? texts.anywhere : texts[reach](pool.path)] : [];
        });
  return (
    <DataTable
      header={<Header variant="h2">{texts.rights(organization)}</Header>}
      ariaLabels={{ tableLabel: texts.rights(organization) }}
      contentDensity="compact"
      wrapLines
      items={permissions}
      trackBy="action"
      columnDefinitions={[
        {
          id: 'right',
          header: texts.right,
          cell: ({ action }) => entryOf(rightNames, action) ?? action,
          isRowHeader: true,
        },
        {
          id: 'where',
          header: texts.where,
          cell: (right) => where(right).map((place) => <div key={place}>{place}</div>),
        },
      ]}
    />
  );
};
