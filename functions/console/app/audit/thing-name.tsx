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

/** Falls back to the id, because a thing that no longer exists has no name to read. */
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

/** Makes the component that reads the name of an asset with the GET route of its kind. */
const assetName = (kind: AssetKind): ComponentType<Id> => {
  const AssetName = ({ id }: Id) => {
    const params = { ...useOrganization().params, [idParameterOf(kind)]: id };
    const { data, isFetched } = useRead(getRouteOf(kind), { params } as CallOf<GetRoute>);
    return shown(id, data?.name, isFetched);
  };
  return AssetName;
};

/** The component that shows the name of a thing, by the prefix of its id. */
const names: Record<string, ComponentType<Id>> = {
  org: OrganizationName,
  usr: UserLink,
  ...byKind(assetKindNames, (kind) => [assetKinds[kind].idPrefix, assetName(kind)]),
  // The console has already loaded all pools, so the name of a pool requires no request of its own.
  pool: PoolName,
  inv: InviteAddress,
  svc: ServiceAccountName,
};

const prefixOf = (id: string): string => /^([a-z]+)_\w+$/.exec(id)?.[1] ?? '';

export const isId = (text: string): boolean => Object.hasOwn(names, prefixOf(text));

/** Shows the current name of the thing with this id, or the id itself if the thing no longer exists. */
export const ThingName = ({ id }: Id) => {
  const Name = entryOf(names, prefixOf(id));
  return Name ? <Name id={id} /> : id;
};
