import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import { useLocation } from 'wouter';
import { useOrganization } from '../organization/use-organization.ts';
import { PersonActions } from './person-actions.tsx';
import { PersonTabs } from './person-tabs.tsx';
import { personTexts as texts } from './person-texts.ts';
import { usersTexts } from './texts.ts';
import type { User } from './user.ts';

/** The page of one user, who may have been deleted. */
export const Person = ({ user }: { user: User }) => {
  const { pathTo } = useOrganization();
  const [, navigate] = useLocation();
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
      <PersonTabs user={user} />
    </ContentLayout>
  );
};
