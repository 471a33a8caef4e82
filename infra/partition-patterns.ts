import { keys, partitions } from '../shared/table/keys.ts';
import { indexPartitions } from '../shared/table/schema.ts';

const any = '*';

/** Patterns for IAM's `StringLike` that match the partitions of the table, with wildcards for tenants and ids. */
export const tablePartitions = {
  organization: keys.organization(any).pk,
  user: keys.user(any, any).pk,
  membership: keys.membership(any, any).pk,
  address: keys.address(any, any).pk,
  users: partitions.users(any),
  search: partitions.search(any),
  role: partitions.role(any, any),
  grants: partitions.grants(any, any),
  pools: partitions.pools(any),
  deletedPools: keys.deletedPools(any).pk,
  poolNames: keys.poolName(any, any, any).pk,
  resource: keys.resource(any, any).pk,
  settings: partitions.settings(any),
  dataSourceAccounts: keys.dataSourceAccount(any, any, any).pk,
  serviceAccounts: partitions.serviceAccounts(any),
  totals: keys.totals(any).pk,
  invites: partitions.invites(any),
  quota: keys.quota(any, any).pk,
  mailDays: partitions.mailDays(any),
  mailed: keys.recipientDay(any, any, any).pk,
  suppression: keys.suppression(any, any).pk,
  notices: keys.notice(any, any).pk,
  audit: partitions.audit(any),
  auditLabels: partitions.auditLabels(any),
  answer: keys.answer(any, any).pk,
  bucket: keys.bucket(any).pk,
  person: partitions.person(any),
  account: partitions.account(any),
  recipient: partitions.recipient(any),
  source: partitions.source(any),
  work: partitions.work,
};

type Partition = string | ((...ids: string[]) => string);

/** For each index, the patterns of the partitions that are listed for it. */
export const patternsOf = <L extends Record<string, readonly string[]>>(
  names: L,
  all: Record<L[keyof L][number], Partition>,
): { [I in keyof L]: Record<L[I][number], string> } => {
  const patternOf = (partition: Partition): string =>
    typeof partition === 'string' ? partition : partition(...Array<string>(partition.length).fill(any));
  const patterns = (ofIndex: readonly L[keyof L][number][]) =>
    Object.fromEntries(ofIndex.map((name) => [name, patternOf(all[name])]));
  return Object.fromEntries(Object.entries(names).map(([index, ofIndex]) => [index, patterns(ofIndex)])) as {
    [I in keyof L]: Record<L[I][number], string>;
  };
};

export const indexPatterns = patternsOf(indexPartitions, partitions);
