import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useLocation } from 'wouter';
import { useRead } from '../data/use-read.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { LoadError, Loading } from '../parts/states.tsx';
import { OwnedAssets } from './owned-assets.tsx';
import { PersonActions } from './person-actions.tsx';
import { PersonFacts } from './person-facts.tsx';
import { personTexts as texts } from './person-texts.ts';
import { removalTexts } from './removal-texts.ts';
import { TakenOverFrom } from './taken-over-from.tsx';
import { usersTexts } from './texts.ts';
import type { User } from './user.ts';

/** All about one user, also a removed one. */
export const Person = ({ user }: { user: User }) => {
  const { params, pathTo } = useOrganization();
  const [, navigate] = useLocation();
  const { data: assets, error, refetch } = useRead('getUserAssets', { params: { ...params, userId: user.id } });
  return (
    <ContentLayout
      breadcrumbs={
        <BreadcrumbGroup
          ariaLabel={texts.trail}
          items={[
            { text: usersTexts.users, href: pathTo('/users') },
            { text: user.name, href: pathTo(`/users/${user.id}`) },
          ]}
          onFollow={(event) => {
            event.preventDefault();
            navigate(event.detail.href);
          }}
        />
      }
      header={
        <Header variant="h1" actions={<PersonActions user={user} />}>
          {user.name}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Container header={<Header variant="h2">{texts.details}</Header>}>
          <PersonFacts user={user} />
        </Container>
        <Container header={<Header variant="h2">{user.status === 'active' ? removalTexts.owns : texts.owned}</Header>}>
          {assets ? <OwnedAssets assets={assets} /> : error ? <LoadError error={error} retry={refetch} /> : <Loading />}
        </Container>
        <Container header={<Header variant="h2">{texts.takenOverFrom}</Header>}>
          <TakenOverFrom people={user.takenOverFrom} />
        </Container>
      </SpaceBetween>
    </ContentLayout>
  );
};
