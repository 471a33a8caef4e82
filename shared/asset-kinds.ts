import type { Action } from './roles/matrix.ts';

export interface AssetKindDefinition {
  plural: string;
  /** What its ids begin with. */
  idPrefix: string;
  /**
   * Where its records lie, and so how those that a user holds are counted: `settings`, from one Query of that partition, which
   * all such kinds share; `pool tree`, from the pools that are known anyway; `held index`, from the index of that name.
   */
  place: 'settings' | 'pool tree' | 'held index';
  /** The action of the permission matrix that changing one requires. */
  action: Action;
  /** What somebody did who made one: “Ada connected the data source Main.” */
  creation: string;
}

/**
 * Everything that has an owner, under the name of one of it. The preview of a removal, the hand-over, the audit log, the errors
 * and the console derive from this: `data_source` makes the event `data_source_created`, the error `data_source_not_found`, the
 * routes `getDataSource` and `listDataSources`, and the words “data source”.
 */
export const assetKinds = {
  resource: {
    plural: 'resources',
    idPrefix: 'res',
    place: 'held index',
    action: 'edit_resource',
    creation: 'added',
  },
  pool: {
    plural: 'pools',
    idPrefix: 'pool',
    place: 'pool tree',
    action: 'edit_pool',
    creation: 'created',
  },
  policy: {
    plural: 'policies',
    idPrefix: 'pol',
    place: 'settings',
    action: 'manage_policies',
    creation: 'created',
  },
  data_source: {
    plural: 'data sources',
    idPrefix: 'src',
    place: 'settings',
    action: 'manage_data_sources',
    creation: 'connected',
  },
} as const satisfies Record<string, AssetKindDefinition>;

type Kinds = typeof assetKinds;
export type AssetKind = keyof Kinds;
export type AssetIdPrefix = Kinds[AssetKind]['idPrefix'];

/** Kinds whose records lie in the partition of settings. */
export type SettingsKind = { [K in AssetKind]: Kinds[K]['place'] extends 'settings' ? K : never }[AssetKind];

// Pure, so that a bundle that reads no kinds leaves them out.
export const assetKindNames = /* @__PURE__ */ Object.keys(assetKinds) as AssetKind[];

export const settingsKindNames = /* @__PURE__ */ assetKindNames.filter(
  (kind): kind is SettingsKind => assetKinds[kind].place === 'settings',
);

/** The kind of an asset, by its id. */
export const kindOfId = (id: string): AssetKind | undefined =>
  assetKindNames.find((kind) => id.startsWith(`${assetKinds[kind].idPrefix}_`));

/** What people call one of a kind: “data source”. */
export const singularOf = (kind: AssetKind): string => kind.replaceAll('_', ' ');

type Camel<Words extends string> = Words extends `${infer First}${' ' | '_'}${infer Rest}`
  ? `${First}${Capitalize<Camel<Rest>>}`
  : Words;

const camel = (words: string): string => words.replace(/[ _](\w)/g, (_, letter: string) => letter.toUpperCase());

/** The field, and the group of routes, that has many of a kind: `dataSources`. */
export type Many<K extends AssetKind = AssetKind> = Camel<Kinds[K]['plural']>;
export const manyOf = <K extends AssetKind>(kind: K) => camel(assetKinds[kind].plural) as Many<K>;

/** The parameter of a route that names one: `dataSourceId`. */
export type IdParameter<K extends AssetKind = AssetKind> = `${Camel<K>}Id`;
export const idParameterOf = <K extends AssetKind>(kind: K) => `${camel(kind)}Id` as IdParameter<K>;

/** The routes that read a kind: `listDataSources`, `getDataSource`. */
export type ListRoute<K extends AssetKind = AssetKind> = `list${Capitalize<Many<K>>}`;
export const listRouteOf = <K extends AssetKind>(kind: K) => `list${capitalized(manyOf(kind))}` as ListRoute<K>;
export type GetRoute<K extends AssetKind = AssetKind> = `get${Capitalize<Camel<K>>}`;
export const getRouteOf = <K extends AssetKind>(kind: K) => `get${capitalized(camel(kind))}` as GetRoute<K>;

/** With a capital letter first: a name inside another, or the beginning of a label. */
export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A record with an entry for each of some kinds. */
export const byKind = <K extends AssetKind, Name extends string, V>(
  kinds: readonly K[],
  entryOf: (kind: K) => readonly [Name, V],
): Record<Name, V> => Object.fromEntries(kinds.map(entryOf)) as Record<Name, V>;
