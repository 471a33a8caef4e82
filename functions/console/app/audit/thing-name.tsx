import type { ComponentType } from 'react';
import { pageItemsMax } from '../../../../shared/limits.ts';
import { entryOf } from '../../../../shared/open-enum.ts';
import { useRead } from '../data/use-read.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { PoolName } from '../parts/pool-name.tsx';
import { partTexts } from '../parts/texts.ts';
import { UserLink } from '../parts/user-link.tsx';

interface Id {
  id: string;
}

/** What is gone has its id only. */
const shown = (id: string, name: string | undefined, read: boolean): string => name ?? (read ? id : partTexts.reading);

const OrganizationName = ({ id }: Id) => {
  const { data, isFetched } = useRead('getOrganization', { params: useOrganization().params });
  return shown(id, data?.name, isFetched);
};

const PolicyName = ({ id }: Id) => {
  const { data, isFetched } = useRead('getPolicy', { params: { ...useOrganization().params, policyId: id } });
  return shown(id, data?.name, isFetched);
};

const DataSourceName = ({ id }: Id) => {
  const { data, isFetched } = useRead('getDataSource', { params: { ...useOrganization().params, dataSourceId: id } });
  return shown(id, data?.name, isFetched);
};

const ResourceName = ({ id }: Id) => {
  const { data, isFetched } = useRead('getResource', { params: { ...useOrganization().params, resourceId: id } });
  return shown(id, data?.name, isFetched);
};

const InviteAddress = ({ id }: Id) => {
  const { data, isFetched } = useRead('getInvite', { params: { ...useOrganization().params, inviteId: id } });
  return shown(id, data?.email, isFetched);
};

const ServiceAccountName = ({ id }: Id) => {
  const call = { params: useOrganization().params, query: { limit: pageItemsMax } };
  const { data, isFetched } = useRead('listServiceAccounts', call);
  return shown(id, data?.items.find((account) => account.id === id)?.name, isFetched);
};

/** By what ids begin with. */
const names: Record<string, ComponentType<Id>> = {
  org: OrganizationName,
  usr: UserLink,
  pool: PoolName,
  pol: PolicyName,
  src: DataSourceName,
  res: ResourceName,
  inv: InviteAddress,
  svc: ServiceAccountName,
};

export const isId = (text: string): boolean => /^(?:org|usr|pool|pol|src|res|inv|svc)_\w+$/.test(text);

/** Anything that has an id, by the name it has now; what is gone by its id. */
export const ThingName = ({ id }: Id) => {
  const Name = entryOf(names, id.split('_')[0] ?? '');
  return Name ? <Name id={id} /> : id;
};
