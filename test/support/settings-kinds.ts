import { randomUUID } from 'node:crypto';
import type { Client, Problem } from '../../shared/api/client.ts';
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
  /** Who may create, change and delete one. Typed by hand from the product's matrix. */
  managers: Role[];
  /** The body of a create: each time of another one. */
  newBody: () => object;
  /** The body of a change. */
  change: object;
  operations: Record<Verb, AnyOperation>;
  /** How the guards of its writes are proven. */
  guards: GuardedOperation[];
}

/** An operation of whatever route. */
// oxlint-disable-next-line typescript/no-explicit-any -- Operations take their own input only: no other type has them all.
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

/** What the tests of all kinds of assets that lie among the settings know of one. */
export interface TestedKind extends KindRow, Record<Verb, RouteName> {
  kind: SettingsKind;
  idParameter: IdParameter<SettingsKind>;
  /** An id that never was. */
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

/** Entries for each of these kinds, as one record. */
export const ofEachKind = <V>(entriesOf: (kind: TestedKind) => Record<string, V>): Record<string, V> =>
  Object.assign({}, ...testedKinds.map(entriesOf)) as Record<string, V>;

type Reply = { ok: true; value: { id: string; ownerId: string } } | { ok: false; problem: Problem };

/** A route of a kind, called with what is not typed: the kinds differ in it. */
export const callOf = (client: Client, name: RouteName) => client[name] as unknown as (call: object) => Promise<Reply>;
