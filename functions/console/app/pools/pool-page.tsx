import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useLocation, useParams } from 'wouter';
import { useOrganization } from '../organization/use-organization.ts';
import { ownerOf, usePools } from '../organization/use-pools.ts';
import { formatNumber } from '../parts/format.ts';
import { PageLink } from '../parts/page-link.tsx';
import { Empty, LoadError, Loading } from '../parts/states.tsx';
import { useOpenDialog } from '../parts/use-open-dialog.ts';
import { UserLink } from '../parts/user-link.tsx';
import { PoolActions } from './pool-actions.tsx';
import { PoolDialogs, type PoolTask } from './pool-dialogs.tsx';
import { PoolLimit } from './pool-limit.tsx';
import { PoolUsers } from './pool-users.tsx';
import { poolsTexts as texts } from './texts.ts';

const PoolPage = () => {
  const { poolId = '' } = useParams();
  const { pathTo } = useOrganization();
  const [, navigate] = useLocation();
  const { tree, isSuccess, error, refetch } = usePools();
  const [task, setTask] = useOpenDialog<PoolTask>(`pool.${poolId}`);
  const path = tree.path(poolId);
  const pool = path.at(-1);

  if (error && !isSuccess) return <LoadError error={error} retry={refetch} />;
  if (!isSuccess) return <Loading />;
  if (!pool)
    return (
      <Empty
        page
        title={texts.noPool}
        text={texts.noPoolText}
        action={<PageLink to="/pools">{texts.toPools}</PageLink>}
      />
    );
  return (
    <SpaceBetween size="l">
      <BreadcrumbGroup
        items={[
          { text: texts.pools, href: pathTo('/pools') },
          ...path.map(({ id, name }) => ({ text: name, href: pathTo(`/pools/${id}`) })),
        ]}
        onFollow={(event) => {
          event.preventDefault();
          navigate(event.detail.href);
        }}
      />
      <Header variant="h1" actions={<PoolActions pool={pool} onChoose={(action) => setTask({ action, pool })} />}>
        {pool.name}
      </Header>
      <Container>
        <KeyValuePairs
          columns={4}
          items={[
            { label: texts.limit, value: <PoolLimit pool={pool} /> },
            { label: texts.owner, value: <UserLink {...ownerOf(pool)} /> },
            { label: texts.subPools, value: formatNumber(tree.children(pool.id).length) },
            {
              label: texts.resources,
              value: <PageLink to={`/resources?poolId=${pool.id}`}>{texts.itsResources}</PageLink>,
            },
          ]}
        />
      </Container>
      <PoolUsers poolId={pool.id} />
      <PoolDialogs
        task={task}
        onClose={() => setTask(undefined)}
        onDeleted={() => navigate(pathTo(`/pools/${pool.parentId ?? ''}`))}
      />
    </SpaceBetween>
  );
};

export default PoolPage;
