import { useRead } from '../data/use-read.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { LoadError, Loading } from '../parts/states.tsx';
import { SecurityForm } from './security-form.tsx';

const SecurityPage = () => {
  const { params, organizationId } = useOrganization();
  const { data, error, refetch } = useRead('getOrganization', { params });
  if (data) return <SecurityForm key={organizationId} organization={data} />;
  return error ? <LoadError error={error} retry={refetch} /> : <Loading />;
};

export default SecurityPage;
