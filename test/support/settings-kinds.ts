import { randomUUID } from 'node:crypto';
import type { Client } from '../../shared/api/client.ts';
import type { Problem } from '../../shared/api/send-request.ts';
import type { Operation } from '../../shared/api/route.ts';
import type { RouteName } from '../../shared/api/routes.ts';
import {
  assetKinds,
  getRouteOf,
  idParameterOf,
  listRouteOf,
  settingsKindNames,
  type IdParameter,
  type SettingsKind,
} from '../../shared/asset-kinds.ts';
import { createDataSource } from '../../shared/data-sources/create-data-source.ts';
import { deleteDataSource } from '../../shared/data-sources/delete-data-source.ts';
import { getDataSource } from '../../shared/data-sources/get-data-source.ts';
import { listDataSources } from '../../shared/data-sources/list-data-sources.ts';
import { updateDataSource } from '../../shared/data-sources/update-data-source.ts';
import { createPolicy } from '../../shared/policies/create-policy.ts';
import { deletePolicy } from '../../shared/policies/delete-policy.ts';
import { getPolicy } from '../../shared/policies/get-policy.ts';
import { listPolicies } from '../../shared/policies/list-policies.ts';
import { updatePolicy } from '../../shared/policies/update-policy.ts';
import type { Role } from '../../shared/roles/role.ts';
import { dataSourceGuards } from '../guards/data-sources.ts';
import { policyGuards } from '../guards/policies.ts';
import type { GuardedOperation } from './guarded.ts';

type Verb = 'list' | 'create' | 'get' | 'update' | 'delete';

interface KindRow {
  /** The roles that may create, change and delete an asset of this kind, copied by hand from the product's matrix. */
  managers: Role[];
  /** Returns a body for a create request that does not conflict with the assets created before. */
  newBody: () => object;
  /** A body for an update request. */
  change: object;
  operations: Record<Verb, AnyOperation>;
  /** The proofs that the guards of its writes are necessary. */
  guards: GuardedOperation[];
}

/** An operation of any route. */
// oxlint-disable-next-line typescript/no-explicit-any -- Each operation accepts only its own input, so no other type fits all.
type AnyOperation = Operation<any>;

const rows: Record<SettingsKind, KindRow> = {
  policy: {
    managers: ['organization_manager'],
    newBody: () => ({ type: 'budget', name: 'Monthly', amount: 10 }),
    change: { amount: 11 },
    operations: {
      list: listPolicies,
      create: createPolicy,
      get: getPolicy,
      update: updatePolicy,
      delete: deletePolicy,
    },
    guards: policyGuards,
  },
  data_source: {
    managers: ['organization_manager'],
    newBody: () => ({ type: 'aws', name: 'Main', accountId: randomUUID() }),
    change: { name: 'Other' },
    operations: {
      list: listDataSources,
      create: createDataSource,
      get: getDataSource,
      update: updateDataSource,
      delete: deleteDataSource,
    },
    guards: dataSourceGuards,
  },
};

/** What tests need to know about a kind of asset whose records are in the settings partition. */
export interface TestedKind extends KindRow, Record<Verb, RouteName> {
  kind: SettingsKind;
  idParameter: IdParameter<SettingsKind>;
  /** A well-formed id that no asset has. */
  unknownId: string;
}

export const testedKind = (kind: SettingsKind): TestedKind => {
  const get = getRouteOf(kind);
  const changing = (verb: Verb) => get.replace('get', verb) as RouteName;
  return {
    ...rows[kind],
    kind,
    list: listRouteOf(kind),
    get,
    create: changing('create'),
    update: changing('update'),
    delete: changing('delete'),
    idParameter: idParameterOf(kind),
    unknownId: `${assetKinds[kind].idPrefix}_none`,
  };
};

export const testedKinds = settingsKindNames.map(testedKind);

/** Merges the entries of all kinds into one record. */
export const ofEachKind = <V>(entriesOf: (kind: TestedKind) => Record<string, V>): Record<string, V> =>
  Object.assign({}, ...testedKinds.map(entriesOf)) as Record<string, V>;

type Reply = { ok: true; value: { id: string; ownerId: string } } | { ok: false; problem: Problem };

/** The client's function for a route, with untyped input, because the input types of the kinds differ. */
export const callOf = (client: Client, name: RouteName) => client[name] as unknown as (call: object) => Promise<Reply>;
