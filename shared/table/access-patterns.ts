import type { RouteName } from '../api/routes.ts';

export interface AccessPattern {
  /** What is asked of the table, in order. */
  how: string;
  /** Requests to DynamoDB, beside the one that every request of a member begins with. */
  requests: number;
  /** Items of transactions, conditions on other items among them. */
  written: number;
  /** Strongly consistent reads; half as much where an index is read. */
  readUnits: number;
  /** Transactional writes of the table; its indexes cost beside. */
  writeUnits: number;
}

/** The first read of every request of a member: the organization and the membership, strongly consistent. */
export const authorizationRead = { how: 'BatchGet organization, membership', requests: 1, readUnits: 2 };

/**
 * How each operation uses the table, and what that costs: a page of 10, 30 addresses, 100 resources in a batch, one
 * role each, pools cached. A test runs every operation and compares.
 */
export const accessPatterns = {
  getMe: { how: 'nothing; the user directory', requests: 0, written: 0, readUnits: 0, writeUnits: 0 },
  updateMe: {
    how: 'Query memberships · Get user and 1 transaction each',
    requests: 3,
    written: 11,
    readUnits: 2,
    writeUnits: 22,
  },
  listMyInvites: {
    how: 'Query invites of the address · Get address, invite, inviter, organization each',
    requests: 5,
    written: 0,
    readUnits: 4.5,
    writeUnits: 0,
  },
  acceptMyInvite: {
    how: 'Get invite · BatchGet inviter · Get organization · 1 transaction',
    requests: 4,
    written: 13,
    readUnits: 3,
    writeUnits: 26,
  },
  declineMyInvite: {
    how: 'Get invite · BatchGet inviter · Get organization · 1 transaction',
    requests: 4,
    written: 3,
    readUnits: 3,
    writeUnits: 6,
  },
  createOrganization: { how: '1 transaction', requests: 1, written: 14, readUnits: 0, writeUnits: 28 },
  listOrganizations: {
    how: "Query a person's organizations · BatchGet each with its membership",
    requests: 2,
    written: 0,
    readUnits: 3,
    writeUnits: 0,
  },
  getOrganization: { how: 'nothing more', requests: 0, written: 0, readUnits: 0, writeUnits: 0 },
  updateOrganization: {
    how: 'Get organization · 1 transaction',
    requests: 2,
    written: 6,
    readUnits: 1,
    writeUnits: 12,
  },
  listAuditEvents: {
    how: 'Query audit events (by actor or target: an index, and BatchGet events) · BatchGet actors',
    requests: 2,
    written: 0,
    readUnits: 6,
    writeUnits: 0,
  },
  listUsers: {
    how: 'Query users by name, text, role or pool · BatchGet users',
    requests: 2,
    written: 0,
    readUnits: 11,
    writeUnits: 0,
  },
  getMyUser: { how: 'Get user', requests: 1, written: 0, readUnits: 1, writeUnits: 0 },
  getUser: { how: 'Get user', requests: 1, written: 0, readUnits: 1, writeUnits: 0 },
  getUserAssets: {
    how: 'Get user · Query policies and data sources · Query resources of each holding, at most 9 · Query pending invites',
    requests: 4,
    written: 0,
    readUnits: 3,
    writeUnits: 0,
  },
  changeRoles: { how: 'Get user · 1 transaction', requests: 2, written: 8, readUnits: 1, writeUnits: 16 },
  removeUser: {
    how: 'BatchGet leaver, successor · 1 transaction, whatever they own',
    requests: 2,
    written: 10,
    readUnits: 2,
    writeUnits: 20,
  },
  leaveOrganization: {
    how: 'BatchGet leaver, successor · 1 transaction, whatever they own',
    requests: 2,
    written: 8,
    readUnits: 2,
    writeUnits: 16,
  },
  restoreUser: {
    how: 'Get user · Get successor · BatchGet address · 1 transaction',
    requests: 4,
    written: 14,
    readUnits: 5,
    writeUnits: 28,
  },
  checkPermissions: {
    how: 'BatchGet user, unless it is the caller · BatchGet resources, then owners, where checks name some',
    requests: 1,
    written: 0,
    readUnits: 1,
    writeUnits: 0,
  },
  listServiceAccounts: {
    how: 'Query service accounts · BatchGet each',
    requests: 2,
    written: 0,
    readUnits: 2,
    writeUnits: 0,
  },
  createServiceAccount: {
    how: '1 transaction; the user directory',
    requests: 1,
    written: 7,
    readUnits: 0,
    writeUnits: 14,
  },
  changeServiceAccountRoles: {
    how: 'Get service account · 1 transaction',
    requests: 2,
    written: 5,
    readUnits: 1,
    writeUnits: 10,
  },
  deleteServiceAccount: {
    how: 'Get service account · 1 transaction',
    requests: 2,
    written: 6,
    readUnits: 1,
    writeUnits: 12,
  },
  listPools: { how: 'BatchGet owners', requests: 1, written: 0, readUnits: 1, writeUnits: 0 },
  createPool: { how: 'BatchGet owner · 1 transaction', requests: 2, written: 6, readUnits: 1, writeUnits: 12 },
  getPool: { how: 'BatchGet owner', requests: 1, written: 0, readUnits: 1, writeUnits: 0 },
  updatePool: { how: 'BatchGet owner · 1 transaction', requests: 2, written: 6, readUnits: 1, writeUnits: 12 },
  deletePool: { how: '1 transaction, whatever is in it', requests: 1, written: 6, readUnits: 0, writeUnits: 12 },
  listPoolUsers: {
    how: 'Query organization managers, then each pool of the path, at most 10 · BatchGet users',
    requests: 4,
    written: 0,
    readUnits: 8,
    writeUnits: 0,
  },
  listResources: {
    how: 'Get owner · Query its holdings, at most 10 · BatchGet resources (by pool: the same, and BatchGet owners)',
    requests: 3,
    written: 0,
    readUnits: 4.5,
    writeUnits: 0,
  },
  createResource: { how: 'BatchGet owner · 1 transaction', requests: 2, written: 5, readUnits: 1, writeUnits: 10 },
  ingestResources: {
    how: 'BatchGet owners · 1 transaction, per 50 resources · BatchGet owners',
    requests: 5,
    written: 108,
    readUnits: 3,
    writeUnits: 220,
  },
  getResource: { how: 'Get resource · BatchGet owner', requests: 2, written: 0, readUnits: 2, writeUnits: 0 },
  updateResource: {
    how: 'Get resource · BatchGet owner · BatchGet new owner · 1 transaction',
    requests: 4,
    written: 5,
    readUnits: 3,
    writeUnits: 10,
  },
  deleteResource: { how: 'Get resource · 1 transaction', requests: 2, written: 4, readUnits: 1, writeUnits: 8 },
  listPolicies: { how: 'Query policies · BatchGet owners', requests: 2, written: 0, readUnits: 2, writeUnits: 0 },
  createPolicy: { how: 'BatchGet named users · 1 transaction', requests: 2, written: 5, readUnits: 1, writeUnits: 10 },
  getPolicy: { how: 'Get policy · BatchGet owners', requests: 2, written: 0, readUnits: 2, writeUnits: 0 },
  updatePolicy: {
    how: 'Get policy · BatchGet owners · 1 transaction',
    requests: 3,
    written: 4,
    readUnits: 2,
    writeUnits: 8,
  },
  deletePolicy: { how: 'Get policy · 1 transaction', requests: 2, written: 4, readUnits: 1, writeUnits: 8 },
  listDataSources: {
    how: 'Query data sources · BatchGet owners',
    requests: 2,
    written: 0,
    readUnits: 2,
    writeUnits: 0,
  },
  createDataSource: { how: 'BatchGet owner · 1 transaction', requests: 2, written: 5, readUnits: 1, writeUnits: 10 },
  getDataSource: { how: 'Get data source · BatchGet owner', requests: 2, written: 0, readUnits: 2, writeUnits: 0 },
  updateDataSource: {
    how: 'Get data source · BatchGet owner · 1 transaction',
    requests: 3,
    written: 3,
    readUnits: 2,
    writeUnits: 6,
  },
  deleteDataSource: { how: 'Get data source · 1 transaction', requests: 2, written: 4, readUnits: 1, writeUnits: 8 },
  inviteUsers: {
    how: 'BatchGet quota, addresses, suppressions · 1 transaction · BatchGet inviter',
    requests: 3,
    written: 64,
    readUnits: 62,
    writeUnits: 130,
  },
  listInvites: {
    how: 'Query invites (by status or address: an index, and BatchGet invites) · BatchGet inviters',
    requests: 2,
    written: 0,
    readUnits: 4,
    writeUnits: 0,
  },
  getInvite: { how: 'Get invite · BatchGet inviter', requests: 2, written: 0, readUnits: 2, writeUnits: 0 },
  updateInvite: {
    how: 'Get invite · BatchGet inviter · BatchGet quota, address, suppression · 1 transaction · BatchGet inviter',
    requests: 5,
    written: 8,
    readUnits: 6,
    writeUnits: 16,
  },
  changeInvites: { how: 'each as revokeInvite or resendInvite', requests: 3, written: 4, readUnits: 2, writeUnits: 8 },
  revokeInvite: {
    how: 'Get invite · BatchGet inviter · 1 transaction',
    requests: 3,
    written: 4,
    readUnits: 2,
    writeUnits: 8,
  },
  resendInvite: {
    how: 'Get invite · BatchGet inviter · 1 transaction · BatchGet inviter',
    requests: 4,
    written: 6,
    readUnits: 3,
    writeUnits: 12,
  },
  lookUpInvite: {
    how: 'Get invite · BatchGet inviter · Get organization · Get account claim',
    requests: 4,
    written: 0,
    readUnits: 4,
    writeUnits: 0,
  },
  acceptInvite: {
    how: 'Get invite · BatchGet inviter · Get organization · Get account claim · 3 transactions: claim, account made, accepted',
    requests: 7,
    written: 16,
    readUnits: 4,
    writeUnits: 32,
  },
  declineInvite: {
    how: 'Get invite · BatchGet inviter · Get organization · 1 transaction',
    requests: 4,
    written: 3,
    readUnits: 3,
    writeUnits: 6,
  },
  requestNewInvite: {
    how: 'Get invite · BatchGet inviter · Get organization · Get who may renew · 1 transaction',
    requests: 5,
    written: 2,
    readUnits: 4,
    writeUnits: 6,
  },
} satisfies Record<
  Exclude<RouteName, 'showAcceptPage' | 'headAcceptPage' | 'getHealth' | 'getOpenApi' | 'getDocs'>,
  AccessPattern
>;
