import type { ComponentType } from 'react';
import {
  assetKindNames,
  assetKinds,
  byKind,
  getRouteOf,
  idParameterOf,
  type AssetKind,
  type GetRoute,
} from '../../../../shared/asset-kinds.ts';
import { pageItemsMax } from '../../../../shared/limits.ts';
import { entryOf } from '../../../../shared/open-enum.ts';
import type { CallOf } from '../data/client.ts';
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

const InviteAddress = ({ id }: Id) => {
  const { data, isFetched } = useRead('getInvite', { params: { ...useOrganization().params, inviteId: id } });
  return shown(id, data?.email, isFetched);
};

const ServiceAccountName = ({ id }: Id) => {
  const call = { params: useOrganization().params, query: { limit: pageItemsMax } };
  const { data, isFetched } = useRead('listServiceAccounts', call);
  return shown(id, data?.items.find((account) => account.id === id)?.name, isFetched);
};

/** The name of an asset, read by the route of its kind. */
const assetName = (kind: AssetKind): ComponentType<Id> => {
  const AssetName = ({ id }: Id) => {
    const params = { ...useOrganization().params, [idParameterOf(kind)]: id };
    const { data, isFetched } = useRead(getRouteOf(kind), { params } as CallOf<GetRoute>);
    return shown(id, data?.name, isFetched);
  };
  return AssetName;
};

/** By what ids begin with. */
const names: Record<string, ComponentType<Id>> = {
  org: OrganizationName,
  usr: UserLink,
  ...byKind(assetKindNames, (kind) => [assetKinds[kind].idPrefix, assetName(kind)]),
  // All pools are known: their names take no request.
  pool: PoolName,
  inv: InviteAddress,
  svc: ServiceAccountName,
};

const prefixOf = (id: string): string => /^([a-z]+)_\w+$/.exec(id)?.[1] ?? '';

export const isId = (text: string): boolean => Object.hasOwn(names, prefixOf(text));

/** Anything that has an id, by the name it has now; what is gone by its id. */
export const ThingName = ({ id }: Id) => {
  const Name = entryOf(names, prefixOf(id));
  return Name ? <Name id={id} /> : id;
};
