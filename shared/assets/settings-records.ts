import { idParameterOf, type IdParameter, type SettingsKind } from '../asset-kinds.ts';
import { equal } from '../table/condition.ts';
import { keys, partitions, settingsPrefix } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { erase, guard, put, revise, type Item, type Key, type Write } from '../table/write.ts';

/** What the record of every asset has whose kind lies among the settings. */
type SettingsAsset = Record<string, unknown> & {
  id: string;
  /** The user it was last assigned to. */
  holderId: string;
  createdAt: string;
  version: number;
};

/** A request that names one: a policy by `policyId`. */
interface Naming<K extends SettingsKind> {
  params: Record<IdParameter<K> | 'organizationId', string>;
}

/**
 * The records of a kind that lies among the settings: how one is found, and the writes that add, change and remove it. A change
 * or a removal is decided on a version, and its transaction starts over when that version is gone.
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
    /** The key of the one that a request names, to be read together with the caller's rights. */
    keysNamed: (request: Naming<K>): Key[] => [keyNamed(request)],
    find: async (table: Table, request: Naming<K>): Promise<A | undefined> => {
      const item = await table.get(keyNamed(request));
      return item && parse(item);
    },
    parse,
    item: itemOf,
    /** Where all of them are listed, oldest first. */
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
