import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { useRead } from '../data/use-read.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { PageLink } from '../parts/page-link.tsx';
import { LoadError, Loading } from '../parts/states.tsx';
import { OwnedAssets } from './owned-assets.tsx';
import { personTexts as texts } from './person-texts.ts';
import { removalTexts } from './removal-texts.ts';
import type { User } from './user.ts';

/** The assets that a user owns. For a deleted user, the assets that they would own again after being restored. */
export const PersonAssets = ({ user }: { user: User }) => {
  const { params } = useOrganization();
  const { data: assets, error, refetch } = useRead('getUserAssets', { params: { ...params, userId: user.id } });
  const isActive = user.status === 'active';
  return (
    <Container
      header={<Header variant="h2">{isActive ? removalTexts.owns : texts.owned}</Header>}
      footer={isActive && <PageLink to={`/resources?ownerId=${user.id}`}>{texts.toResources}</PageLink>}
    >
      {assets ? <OwnedAssets assets={assets} /> : error ? <LoadError error={error} retry={refetch} /> : <Loading />}
    </Container>
  );
};
