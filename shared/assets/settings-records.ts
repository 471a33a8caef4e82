import { idParameterOf, type IdParameter, type SettingsKind } from '../asset-kinds.ts';
import { equal } from '../table/condition.ts';
import { keys, partitions, settingsPrefix } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { erase, guard, put, revise, type Item, type Key, type Write } from '../table/write.ts';

/** The attributes that all kinds in the settings partition have in common. */
type SettingsAsset = Record<string, unknown> & {
  id: string;
  /** The id of the user whom the asset was last assigned to. */
  holderId: string;
  createdAt: string;
  version: number;
};

/** A request whose path names an asset: a policy by `policyId`. */
interface Naming<K extends SettingsKind> {
  params: Record<IdParameter<K> | 'organizationId', string>;
}

/**
 * Finds the records of a kind in the settings partition, and builds the writes that add, change and remove them. A change or a
 * removal is conditional on the version that the operation has read: if another write replaced it, the operation starts over.
 *
 * @example
 * export const policyRecords = settingsRecords('policy', parsePolicy);
 */
export const settingsRecords = <K extends SettingsKind, A extends SettingsAsset>(
  kind: K,
  parse: (item: unknown) => A,
) => {
  const keyNamed = ({ params }: Naming<K>): Key =>
    keys.setting(params.organizationId, kind, params[idParameterOf(kind)]);
  const itemOf = (organizationId: string, asset: A): Item => ({
    ...keys.setting(organizationId, kind, asset.id),
    ...asset,
  });
  const unchanged = ({ version }: A) => guard(equal('version', version), 'retry');
  return {
    /** The key of the asset that a request names, so that it is read in the same request as the caller's rights. */
    keysNamed: (request: Naming<K>): Key[] => [keyNamed(request)],
    find: async (table: Table, request: Naming<K>): Promise<A | undefined> => {
      const item = await table.get(keyNamed(request));
      return item && parse(item);
    },
    parse,
    item: itemOf,
    /** The partition and the key prefix of all assets of the kind. A Query lists them oldest first. */
    partition: (organizationId: string) => ({
      pk: partitions.settings(organizationId),
      prefix: settingsPrefix(kind),
    }),
    add: (organizationId: string, asset: A): Write<never> => put(itemOf(organizationId, asset)),
    change: (organizationId: string, before: A, after: A): Write<'retry'> =>
      revise(itemOf(organizationId, before), itemOf(organizationId, after), unchanged(before)),
    remove: (organizationId: string, asset: A): Write<'retry'> =>
      erase(keys.setting(organizationId, kind, asset.id), unchanged(asset)),
  };
};
