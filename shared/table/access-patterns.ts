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
 * How each operation uses the table, and what that costs: a page of 10 users or invites, 30 addresses, one role each,
 * pools cached. A test runs every operation and compares.
 */
export const accessPatterns = {
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
    how: 'Get organization · Get root pool, when the name changes · 1 transaction',
    requests: 3,
    written: 6,
    readUnits: 2,
    writeUnits: 12,
  },
  listAuditEvents: {
    how: 'Query audit events (by actor or target: an index, and BatchGet events) · BatchGet actors',
    requests: 2,
    written: 0,
    readUnits: 8,
    writeUnits: 0,
  },
  listUsers: {
    how: 'Query users by name, text, role or pool · BatchGet users',
    requests: 2,
    written: 0,
    readUnits: 11,
    writeUnits: 0,
  },
  getUser: { how: 'Get user', requests: 1, written: 0, readUnits: 1, writeUnits: 0 },
  getMyUser: { how: 'Get user', requests: 1, written: 0, readUnits: 1, writeUnits: 0 },
  checkPermissions: { how: 'Get user, unless it is the caller', requests: 1, written: 0, readUnits: 1, writeUnits: 0 },
  changeRoles: { how: 'Get user · 1 transaction', requests: 2, written: 8, readUnits: 1, writeUnits: 16 },
  removeUser: {
    how: 'BatchGet leaver, successor · 1 transaction, whatever they own · Query pools',
    requests: 3,
    written: 10,
    readUnits: 3,
    writeUnits: 20,
  },
  createPool: { how: 'Get owner · 1 transaction', requests: 2, written: 6, readUnits: 1, writeUnits: 12 },
  getPool: { how: 'Get pool · BatchGet owner', requests: 2, written: 0, readUnits: 2, writeUnits: 0 },
  listPools: { how: 'Query pools · BatchGet owners', requests: 2, written: 0, readUnits: 2, writeUnits: 0 },
  inviteUsers: {
    how: 'BatchGet addresses · 1 transaction · BatchGet inviter',
    requests: 3,
    written: 63,
    readUnits: 31,
    writeUnits: 128,
  },
  listInvites: {
    how: 'Query invites (by status or address: an index, and BatchGet invites) · BatchGet inviters',
    requests: 2,
    written: 0,
    readUnits: 4,
    writeUnits: 0,
  },
  getInvite: { how: 'Get invite · BatchGet inviter', requests: 2, written: 0, readUnits: 2, writeUnits: 0 },
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
    written: 4,
    readUnits: 3,
    writeUnits: 8,
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
} satisfies Record<string, AccessPattern>;
