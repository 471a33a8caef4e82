import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useState } from 'react';
import { usePages } from '../data/use-pages.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { presetPreferences, TablePreferences } from '../parts/table-preferences.tsx';
import { useFilters } from '../parts/use-filters.ts';
import { usePreferences } from '../parts/use-preferences.ts';
import { useRights } from '../rights/use-rights.ts';
import { NoResources } from './no-resources.tsx';
import { ResourceActions } from './resource-actions.tsx';
import { ResourceDialogs, type ResourceTask } from './resource-dialogs.tsx';
import type { Resource } from './resource.ts';
import { resourcesColumns } from './resources-columns.tsx';
import { ResourcesFilters, type ResourceFilters } from './resources-filters.tsx';
import { resourcesTexts as texts } from './texts.ts';
import { useExport } from './use-export.ts';

const ResourcesPage = () => {
  const { params } = useOrganization();
  const [address, setAddress] = useFilters(['poolId', 'subPools', 'ownerId']);
  const filters = address as ResourceFilters;
  const [preferences, setPreferences] = usePreferences('resources', presetPreferences(resourcesColumns));
  const [selected, setSelected] = useState<Resource[]>([]);
  const [task, setTask] = useState<ResourceTask>();
  const { ready, mayAnywhere, why } = useRights();
  const { exportThese, exportAll } = useExport();

  const resources = usePages('listResources', { params, query: filters }, preferences.pageSize);
  const mayCreate = mayAnywhere('manage_resources');
  // As they are now: what was done to them since they were selected made new versions.
  const chosen = selected.map((each) => resources.items.find(({ id }) => id === each.id) ?? each);

  const actions = {
    id: 'actions',
    header: texts.columns.actions,
    cell: (resource: Resource) => (
      <ResourceActions row resources={[resource]} onChoose={(action) => setTask({ action, resources: [resource] })} />
    ),
  };
  const close = (left: Resource[]) => {
    const asked = task && 'resources' in task ? task.resources.map(({ id }) => id) : [];
    const undone = new Set(left.map(({ id }) => id));
    setSelected(chosen.filter(({ id }) => !asked.includes(id) || undone.has(id)));
    setTask(undefined);
  };

  return (
    <>
      <Table
        variant="full-page"
        stickyHeader
        items={resources.items}
        trackBy="id"
        loading={resources.busy}
        columnDefinitions={[...resourcesColumns, actions]}
        columnDisplay={[...preferences.contentDisplay, { id: 'actions', visible: true }]}
        wrapLines={preferences.wrapLines}
        stickyColumns={{ last: 1 }}
        selectionType="multi"
        selectedItems={chosen}
        onSelectionChange={({ detail }) => setSelected(detail.selectedItems)}
        ariaLabels={{
          tableLabel: texts.resources,
          selectionGroupLabel: texts.resources,
          allItemsSelectionLabel: () => texts.selectAll,
          itemSelectionLabel: (_: TableProps.SelectionState<Resource>, { name }: Resource) =>
            texts.selectResource(name),
        }}
        header={
          <Header
            variant="awsui-h1-sticky"
            description={texts.description}
            counter={selected.length > 0 ? texts.selected(selected.length) : undefined}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button
                  iconName="download"
                  onClick={() => void (selected.length > 0 ? exportThese(chosen) : exportAll(filters))}
                >
                  {selected.length > 0 ? texts.exportSelected : texts.exportCsv}
                </Button>
                <ResourceActions resources={chosen} onChoose={(action) => setTask({ action, resources: chosen })} />
                <Button
                  variant="primary"
                  disabled={!mayCreate}
                  {...(ready && !mayCreate && { disabledReason: why('manage_resources') })}
                  onClick={() => setTask({ action: 'create', poolId: filters.poolId })}
                >
                  {texts.create}
                </Button>
              </SpaceBetween>
            }
          >
            {texts.resources}
          </Header>
        }
        filter={<ResourcesFilters filters={filters} onChange={setAddress} />}
        pagination={<Pagination {...resources.pagination} />}
        preferences={
          <TablePreferences
            columns={resourcesColumns}
            preferences={preferences}
            onChange={(preferred) => setPreferences(preferred as typeof preferences)}
          />
        }
        empty={
          <NoResources
            error={resources.error}
            retry={resources.refetch}
            filtered={Object.values(filters).some(Boolean)}
            onClear={() => setAddress({ poolId: '', subPools: '', ownerId: '' })}
          />
        }
      />
      <ResourceDialogs task={task} onClose={close} />
    </>
  );
};

export default ResourcesPage;
