import { useRead } from '../data/use-read.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { LoadError, Loading } from '../parts/states.tsx';

const OrganizationPage = () => {
  const { params } = useOrganization();
  const { data, error, refetch } = useRead('getOrganization', { params });
  if (!data) return error ? <LoadError error={error} retry={refetch} /> : <Loading />;
  return data.name;
};

export default OrganizationPage;
