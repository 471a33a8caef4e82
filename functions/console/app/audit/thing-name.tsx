import type { ComponentType } from 'react';
import { useRead } from '../data/use-read.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { PoolName } from '../parts/pool-name.tsx';
import { UserLink } from '../parts/user-link.tsx';

interface Id {
  id: string;
}

const OrganizationName = ({ id }: Id) =>
  useRead('getOrganization', { params: useOrganization().params }).data?.name ?? id;

const PolicyName = ({ id }: Id) =>
  useRead('getPolicy', { params: { ...useOrganization().params, policyId: id } }).data?.name ?? id;

const DataSourceName = ({ id }: Id) =>
  useRead('getDataSource', { params: { ...useOrganization().params, dataSourceId: id } }).data?.name ?? id;

const ResourceName = ({ id }: Id) =>
  useRead('getResource', { params: { ...useOrganization().params, resourceId: id } }).data?.name ?? id;

const InviteAddress = ({ id }: Id) =>
  useRead('getInvite', { params: { ...useOrganization().params, inviteId: id } }).data?.email ?? id;

const ServiceAccountName = ({ id }: Id) =>
  useRead('listServiceAccounts', { params: useOrganization().params, query: { limit: 100 } }).data?.items.find(
    (account) => account.id === id,
  )?.name ?? id;

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
  const Name = names[id.split('_')[0] ?? ''];
  return Name ? <Name id={id} /> : id;
};
