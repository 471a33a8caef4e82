import type { Action } from './roles/matrix.ts';

export interface AssetKindDefinition {
  plural: string;
  /** The prefix of the ids of this kind: `src` in `src_01J…`. */
  idPrefix: string;
  /**
   * Where the records of this kind are stored, which decides how the assets of a user are counted. `settings`: with one Query of
   * the settings partition, which several kinds share. `pool tree`: from the pool tree, which has been read already.
   * `held index`: with the index of that name.
   */
  place: 'settings' | 'pool tree' | 'held index';
  /** The action of the permission matrix that is required to change an asset of this kind. */
  action: Action;
  /** The verb with which the audit log reports a creation: “Ada connected the data source Main.” */
  creation: string;
}

/**
 * Every kind of asset that has an owner, by its name in the singular. The preview of a removal, the hand-over, the audit log, the
 * errors and the console are derived from this table: `data_source` defines the event `data_source_created`, the error
 * `data_source_not_found`, the routes `getDataSource` and `listDataSources`, and the words “data source”.
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

/** The kinds whose records are stored in the settings partition. */
export type SettingsKind = { [K in AssetKind]: Kinds[K]['place'] extends 'settings' ? K : never }[AssetKind];

// `@__PURE__` lets the bundler drop these lists from bundles that do not use them.
export const assetKindNames = /* @__PURE__ */ Object.keys(assetKinds) as AssetKind[];

export const settingsKindNames = /* @__PURE__ */ assetKindNames.filter(
  (kind): kind is SettingsKind => assetKinds[kind].place === 'settings',
);

/** The kind of an asset, derived from the prefix of its id. */
export const kindOfId = (id: string): AssetKind | undefined =>
  assetKindNames.find((kind) => id.startsWith(`${assetKinds[kind].idPrefix}_`));

/** The name of a kind in words: “data source”. */
export const singularOf = (kind: AssetKind): string => kind.replaceAll('_', ' ');

type Camel<Words extends string> = Words extends `${infer First}${' ' | '_'}${infer Rest}`
  ? `${First}${Capitalize<Camel<Rest>>}`
  : Words;

const camel = (words: string): string => words.replace(/[ _](\w)/g, (_, letter: string) => letter.toUpperCase());

/** The plural that names fields and groups of routes: `dataSources`. */
export type Many<K extends AssetKind = AssetKind> = Camel<Kinds[K]['plural']>;
export const manyOf = <K extends AssetKind>(kind: K) => camel(assetKinds[kind].plural) as Many<K>;

/** The route parameter that identifies an asset of a kind: `dataSourceId`. */
export type IdParameter<K extends AssetKind = AssetKind> = `${Camel<K>}Id`;
export const idParameterOf = <K extends AssetKind>(kind: K) => `${camel(kind)}Id` as IdParameter<K>;

/** The routes that read assets of a kind: `listDataSources`, `getDataSource`. */
export type ListRoute<K extends AssetKind = AssetKind> = `list${Capitalize<Many<K>>}`;
export const listRouteOf = <K extends AssetKind>(kind: K) => `list${capitalized(manyOf(kind))}` as ListRoute<K>;
export type GetRoute<K extends AssetKind = AssetKind> = `get${Capitalize<Camel<K>>}`;
export const getRouteOf = <K extends AssetKind>(kind: K) => `get${capitalized(camel(kind))}` as GetRoute<K>;

/** Capitalizes the first letter, for a word within a camel-case name or at the beginning of a label. */
export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A record with one entry for each of the given kinds. */
export const byKind = <K extends AssetKind, Name extends string, V>(
  kinds: readonly K[],
  entryOf: (kind: K) => readonly [Name, V],
): Record<Name, V> => Object.fromEntries(kinds.map(entryOf)) as Record<Name, V>;
