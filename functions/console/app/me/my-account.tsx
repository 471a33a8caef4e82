import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { shownAddress } from '../../../../shared/shown-address.ts';
import { useRead } from '../data/use-read.ts';
import { useOrganizationName } from '../organization/use-organization-name.ts';
import { RoleChips } from '../parts/role-chips.tsx';
import { LoadError, Loading } from '../parts/states.tsx';
import type { User } from '../users/user.ts';
import { MyName } from './my-name.tsx';
import { meTexts as texts } from './texts.ts';

export const MyAccount = ({ me }: { me: User }) => {
  const { data: person, error, refetch } = useRead('getMe', {});
  const organization = useOrganizationName();
  return (
    <Container header={<Header variant="h2">{texts.account}</Header>}>
      <SpaceBetween size="l">
        {person ? <MyName name={person.name} /> : error ? <LoadError error={error} retry={refetch} /> : <Loading />}
        <KeyValuePairs
          columns={2}
          items={[
            { label: texts.email, value: shownAddress(me.email) },
            { label: texts.roles(organization), value: <RoleChips roles={me.roles} /> },
          ]}
        />
      </SpaceBetween>
    </Container>
  );
};
