import Button from '@cloudscape-design/components/button';
import { codeOf } from '../data/problem-error.ts';
import { usePages } from '../data/use-pages.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { EmptyList } from '../parts/empty-list.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { inWords } from '../parts/problem.ts';
import { presetPreferences } from '../parts/table-preferences.tsx';
import { unless } from '../parts/unless.ts';
import { useFilters } from '../parts/use-filters.ts';
import { useOpenDialog } from '../parts/use-open-dialog.ts';
import { usePreferences } from '../parts/use-preferences.ts';
import { useSelection } from '../parts/use-selection.ts';
import { useRights } from '../rights/use-rights.ts';
import { ResourceActions } from './resource-actions.tsx';
import { ResourceDialogs, type ResourceTask } from './resource-dialogs.tsx';
import { rarelyNeeded, resourcesColumns } from './resources-columns.tsx';
import { ResourcesFilters, type ResourceFilters } from './resources-filters.tsx';
import { resourcesTexts as texts } from './texts.ts';
import { useExport } from './use-export.ts';

const ResourcesPage = () => {
  const { params } = useOrganization();
  const [address, setAddress] = useFilters(['poolId', 'subPools', 'ownerId']);
  const filters = address as ResourceFilters;
  const [preferences, setPreferences] = usePreferences('resources', presetPreferences(resourcesColumns, rarelyNeeded));
  const [task, setTask] = useOpenDialog<ResourceTask>('resources');
  const { whyNotAnywhere } = useRights();
  const { exportThese, exportAll } = useExport();

  const resources = usePages('listResources', { params, query: filters }, preferences.pageSize);
  // A pool or owner in the address of the page no longer exists, so retrying would not help.
  const gone = ['unknown_pool', 'unknown_user'].includes(codeOf(resources.error) ?? '');
  const { selected, select, unselect } = useSelection(resources.items);

  return (
    <>
      <ListTable
        variant="full-page"
        words={{
          ...texts,
          title: texts.resources,
          actions: texts.columns.actions,
          selectOne: ({ name }) => texts.selectResource(name),
        }}
        list={resources}
        columns={resourcesColumns}
        rowActions={(resource) => (
          <ResourceActions
            row
            resources={[resource]}
            onChoose={(action) => setTask({ action, resources: [resource] })}
          />
        )}
        preferences={preferences}
        onPreferences={setPreferences}
        selected={selected}
        onSelect={select}
        buttons={
          <>
            <Button
              iconName="download"
              onClick={() => void (selected.length > 0 ? exportThese(selected) : exportAll(filters))}
            >
              {selected.length > 0 ? texts.exportSelected : texts.exportCsv}
            </Button>
            <ResourceActions resources={selected} onChoose={(action) => setTask({ action, resources: selected })} />
            <Button
              variant="primary"
              {...unless(whyNotAnywhere('manage_resources'))}
              onClick={() => setTask({ action: 'create', poolId: filters.poolId })}
            >
              {texts.create}
            </Button>
          </>
        }
        filter={<ResourcesFilters filters={filters} onChange={setAddress} />}
        empty={
          <EmptyList
            words={gone ? { ...texts, noneFoundText: inWords(resources.error) } : texts}
            error={gone ? undefined : resources.error}
            retry={resources.refetch}
            filtered={Object.values(filters).some(Boolean)}
            onClear={() => setAddress({ poolId: '', subPools: '', ownerId: '' })}
          />
        }
      />
      <ResourceDialogs
        task={task}
        onClose={(done) => {
          unselect(done);
          setTask(undefined);
        }}
      />
    </>
  );
};

export default ResourcesPage;
