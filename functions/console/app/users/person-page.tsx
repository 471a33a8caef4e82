import { useParams } from 'wouter';
import { codeOf } from '../data/problem-error.ts';
import { useRead } from '../data/use-read.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { PageLink } from '../parts/page-link.tsx';
import { Empty, LoadError, Loading } from '../parts/states.tsx';
import { personTexts as texts } from './person-texts.ts';
import { Person } from './person.tsx';

const PersonPage = () => {
  const { userId = '' } = useParams();
  const { params } = useOrganization();
  const { data: user, error, refetch } = useRead('getUser', { params: { ...params, userId } });
  if (codeOf(error) === 'user_not_found')
    return (
      <Empty
        page
        title={texts.notFound}
        text={texts.notFoundText}
        action={<PageLink to="/users">{texts.toUsers}</PageLink>}
      />
    );
  if (user) return <Person user={user} />;
  return error ? <LoadError error={error} retry={refetch} /> : <Loading />;
};

export default PersonPage;
