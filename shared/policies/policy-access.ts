import type { AccessPattern } from '../table/access-pattern.ts';

/** The access patterns of the policy routes, for the table in the README. */
export const policyAccess = {
  listPolicies: {
    how: 'BatchGet organization, membership at the same time as Query policies · BatchGet owners, data sources',
    requests: 3,
    roundTrips: 2,
    written: 0,
    readUnits: 4,
    writeUnits: 0,
  },
  createPolicy: {
    how: 'BatchGet organization, membership, named users and data sources (beyond 9: one more BatchGet) · 1 transaction',
    requests: 2,
    roundTrips: 2,
    written: 5,
    readUnits: 2,
    writeUnits: 10,
  },
  getPolicy: {
    how: 'BatchGet organization, membership, policy · BatchGet owners, data sources (named by the policy)',
    requests: 2,
    roundTrips: 2,
    written: 0,
    readUnits: 4,
    writeUnits: 0,
  },
  updatePolicy: {
    how: 'BatchGet organization, membership, policy, named users and data sources · BatchGet owners, data sources (named by the policy) · 1 transaction',
    requests: 3,
    roundTrips: 3,
    written: 5,
    readUnits: 4,
    writeUnits: 10,
  },
  deletePolicy: {
    how: 'BatchGet organization, membership, policy · 1 transaction',
    requests: 2,
    roundTrips: 2,
    written: 5,
    readUnits: 3,
    writeUnits: 10,
  },
} satisfies Record<string, AccessPattern>;
