import { keys, partitions } from '../shared/table/keys.ts';

const any = '*';

/** The partitions of the table by what they hold, as IAM's `StringLike` finds them: any tenant's, any id's. */
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
  poolNames: keys.poolName(any, any, any).pk,
  resource: keys.resource(any, any).pk,
  settings: partitions.settings(any),
  dataSourceAccounts: keys.dataSourceAccount(any, any, any).pk,
  serviceAccounts: partitions.serviceAccounts(any),
  invites: partitions.invites(any),
  quota: keys.quota(any, any).pk,
  mailDays: partitions.mailDays(any),
  suppression: keys.suppression(any, any).pk,
  notices: keys.notice(any, any).pk,
  audit: partitions.audit(any),
  answer: keys.answer(any, any).pk,
  person: partitions.person(any),
  account: partitions.account(any),
  recipient: partitions.recipient(any),
  source: partitions.source(any),
  work: partitions.work,
};

/** The partitions of each index, likewise. */
export const indexPartitions = {
  gsi1: {
    resourcesIn: partitions.resourcesIn(any, any),
    invitesByStatus: partitions.invitesByStatus(any, any),
    auditByActor: partitions.auditByActor(any, any),
    invited: partitions.invited(any),
  },
  gsi2: {
    resources: partitions.resources(any),
    invitesByEmail: partitions.invitesByEmail(any),
    auditByTarget: partitions.auditByTarget(any, any),
  },
  gsi3: {
    invitesByInviter: partitions.invitesByInviter(any, any),
    auditByTarget: partitions.auditByTarget(any, any),
  },
  held: { held: partitions.held(any, any) },
  due: { due: partitions.due },
};
