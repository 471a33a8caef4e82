import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Table from '@cloudscape-design/components/table';
import type { Pool } from '../organization/use-pools.ts';
import { formatNumber } from '../parts/format.ts';
import { Empty, LoadError } from '../parts/states.tsx';
import { unless } from '../parts/unless.ts';
import { useFilters } from '../parts/use-filters.ts';
import { useDebounced } from '../parts/use-debounced.ts';
import { useOpenDialog } from '../parts/use-open-dialog.ts';
import { useNarrow } from '../parts/use-narrow.ts';
import { useRights } from '../rights/use-rights.ts';
import { PoolActions } from './pool-actions.tsx';
import { PoolDialogs, type PoolTask } from './pool-dialogs.tsx';
import { poolsColumns } from './pools-columns.tsx';
import { poolsTexts as texts } from './texts.ts';
import { usePoolRows } from './use-pool-rows.ts';

const PoolsPage = () => {
  const [{ search = '' }, setFilters] = useFilters(['search']);
  const [task, setTask] = useOpenDialog<PoolTask>('pools');
  const { whyNotAnywhere } = useRights();
  const rows = usePoolRows(useDebounced(search));
  const { place, narrow } = useNarrow();
  const actions = (pool: Pool) => <PoolActions pool={pool} row onChoose={(action) => setTask({ action, pool })} />;

  return (
    <div ref={place}>
      <Table
        variant="full-page"
        stickyHeader
        items={rows.roots}
        trackBy="id"
        loading={!rows.isSuccess && !rows.error}
        wrapLines
        columnDefinitions={poolsColumns({ isMatch: rows.isMatch, actions, narrow })}
        expandableRows={{
          getItemChildren: rows.children,
          isItemExpandable: rows.hasChildren,
          expandedItems: rows.open,
          onExpandableItemToggle: ({ detail }) => rows.toggle(detail.item, detail.expanded),
        }}
        getLoadingStatus={(pool) => (pool && rows.left(pool) > 0 ? 'pending' : 'finished')}
        renderLoaderPending={({ item: pool }) =>
          pool && (
            <Button variant="inline-link" onClick={() => rows.showMore(pool)}>
              {texts.showMore(pool.name, rows.left(pool))}
            </Button>
          )
        }
        ariaLabels={{
          tableLabel: texts.pools,
          expandButtonLabel: ({ name }) => texts.expand(name),
          collapseButtonLabel: ({ name }) => texts.collapse(name),
        }}
        header={
          <Header
            variant="awsui-h1-sticky"
            description={texts.description}
            counter={rows.isSuccess ? `(${formatNumber(rows.count)})` : undefined}
            actions={
              <Button
                variant="primary"
                {...unless(whyNotAnywhere('create_pool'))}
                onClick={() => setTask({ action: 'create' })}
              >
                {texts.create}
              </Button>
            }
          >
            {texts.pools}
          </Header>
        }
        filter={
          <FormField
            label={texts.searchLabel}
            description={
              rows.found.all > rows.found.shown ? texts.firstFound(rows.found.shown, rows.found.all) : undefined
            }
            stretch
          >
            <Input
              type="search"
              value={search}
              placeholder={texts.search}
              onChange={({ detail }) => setFilters({ search: detail.value })}
            />
          </FormField>
        }
        empty={
          rows.error ? (
            <LoadError error={rows.error} retry={rows.refetch} />
          ) : (
            <Empty
              title={texts.noneFound}
              text={texts.noneFoundText}
              action={<Button onClick={() => setFilters({ search: '' })}>{texts.clear}</Button>}
            />
          )
        }
      />
      <PoolDialogs task={task} onClose={() => setTask(undefined)} />
    </div>
  );
};

export default PoolsPage;
