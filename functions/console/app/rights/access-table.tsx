import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { implied } from '../../../../shared/roles/authorize.ts';
import { actions, type Action } from '../../../../shared/roles/matrix.ts';
import type { PoolTree } from '../../../../shared/roles/pool-tree.ts';
import { poolOf } from '../../../../shared/roles/role.ts';
import { rightNames } from '../me/texts.ts';
import { usePools, type Pool } from '../organization/use-pools.ts';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { PoolSelect } from '../parts/pool-select.tsx';
import { toAssignments, type RoleDraft } from '../parts/role-draft.ts';
import { RoleChips } from '../parts/role-chips.tsx';
import { accessOf, grantsIn, type Grant } from './access.ts';
import { accessTexts as texts } from './access-texts.ts';
import { placeOf } from './places.ts';

/** The maximum number of places that a row lists. A person with 50 roles may have a right in as many pools. */
const mostGrants = 4;

interface Row {
  action: Action;
  grants: Grant[];
}

interface AccessTableProps {
  /** The name of the person who has the roles. */
  name: string;
  roles: RoleDraft[];
}

/** Lists the rights that roles give, where they apply, and which role gives each: in all pools, or in one chosen pool. */
export const AccessTable = ({ name, roles }: AccessTableProps) => {
  const { tree, isSuccess } = usePools();
  const [poolId, setPoolId] = useState<string>();
  const access = accessOf(toAssignments(roles), tree);
  const rows: Row[] =
    poolId === undefined
      ? access
      : actions.map((action) => {
          const found = access.find((each) => each.action === action);
          return { action, grants: found ? grantsIn(found, poolId, tree) : [] };
        });

  const right: Column<Row> = {
    id: 'action',
    header: texts.action,
    cell: ({ action }) => rightNames[action],
    isRowHeader: true,
    minWidth: 220,
  };
  const allowed: Column<Row> = {
    id: 'allowed',
    header: texts.allowed,
    cell: ({ grants }) => <Allowed grants={grants} />,
    minWidth: 120,
  };
  const where: Column<Row> = {
    id: 'where',
    header: texts.where,
    cell: ({ grants }) => (
      <>
        {grants
          .slice(0, mostGrants)
          .map((grant) => placeOf(grant, tree))
          .map((place) => (
            <div key={place}>{place}</div>
          ))}
        {grants.length > mostGrants && <div>{texts.more(grants.length - mostGrants)}</div>}
      </>
    ),
    minWidth: 220,
  };
  const through: Column<Row> = {
    id: 'through',
    header: texts.through,
    cell: ({ grants }) => <Through grants={grants.slice(0, mostGrants)} tree={tree} />,
    minWidth: 150,
  };

  return (
    <DataTable
      items={rows}
      trackBy="action"
      loading={!isSuccess}
      contentDensity="compact"
      wrapLines
      columnDefinitions={poolId === undefined ? [right, where, through] : [right, allowed, through]}
      ariaLabels={{ tableLabel: texts.title(name) }}
      header={
        <Header variant="h2" description={texts.description}>
          {texts.title(name)}
        </Header>
      }
      filter={
        <FormField label={texts.pool} stretch>
          <PoolSelect value={poolId} none={texts.anyPool} onChange={setPoolId} />
        </FormField>
      }
    />
  );
};

const Allowed = ({ grants }: { grants: Grant[] }) => {
  if (grants.length === 0) return <StatusIndicator type="stopped">{texts.no}</StatusIndicator>;
  return grants.every(({ reach }) => reach === 'own') ? (
    <StatusIndicator type="info">{texts.onlyOwn}</StatusIndicator>
  ) : (
    <StatusIndicator type="success">{texts.yes}</StatusIndicator>
  );
};

const Through = ({ grants, tree }: { grants: Grant[]; tree: PoolTree<Pool> }) => {
  if (grants.some(({ through }) => through === implied)) return texts.everyUser;
  return (
    <RoleChips
      roles={grants.map(({ through }) => {
        const poolId = poolOf(through);
        return { role: through.role, poolId, poolName: tree.get(poolId ?? '')?.name };
      })}
    />
  );
};
