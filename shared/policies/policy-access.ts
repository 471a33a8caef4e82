import type { AccessPattern } from '../table/access-pattern.ts';

/** The access patterns of the policy routes, for the table in the README. */
export const policyAccess = {
  listPolicies: {
    how: 'BatchGet organization, membership at the same time as Query policies · BatchGet owners',
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
    written: 4,
    readUnits: 2,
    writeUnits: 8,
  },
  getPolicy: {
    how: 'BatchGet organization, membership, policy · BatchGet owners (named by the policy)',
    requests: 2,
    roundTrips: 2,
    written: 0,
    readUnits: 4,
    writeUnits: 0,
  },
  updatePolicy: {
    how: 'BatchGet organization, membership, policy, named users and data sources · BatchGet owners (named by the policy) · 1 transaction',
    requests: 3,
    roundTrips: 3,
    written: 4,
    readUnits: 4,
    writeUnits: 8,
  },
  deletePolicy: {
    how: 'BatchGet organization, membership, policy · 1 transaction',
    requests: 2,
    roundTrips: 2,
    written: 4,
    readUnits: 3,
    writeUnits: 8,
  },
} satisfies Record<string, AccessPattern>;
