import type { AccessPattern } from '../table/access-pattern.ts';

/** The access patterns of the data source routes, for the table in the README. */
export const dataSourceAccess = {
  listDataSources: {
    how: 'BatchGet organization, membership at the same time as Query data sources · BatchGet owners',
    requests: 3,
    roundTrips: 2,
    written: 0,
    readUnits: 4,
    writeUnits: 0,
  },
  createDataSource: {
    how: 'BatchGet organization, membership, owner · 1 transaction',
    requests: 2,
    roundTrips: 2,
    written: 5,
    readUnits: 2,
    writeUnits: 10,
  },
  getDataSource: {
    how: 'BatchGet organization, membership, data source · BatchGet owner (named by the data source)',
    requests: 2,
    roundTrips: 2,
    written: 0,
    readUnits: 4,
    writeUnits: 0,
  },
  updateDataSource: {
    how: 'BatchGet organization, membership, data source, new owner · BatchGet owner (named by the data source) · 1 transaction',
    requests: 3,
    roundTrips: 3,
    written: 4,
    readUnits: 4,
    writeUnits: 8,
  },
  deleteDataSource: {
    how: 'BatchGet organization, membership, data source · 1 transaction',
    requests: 2,
    roundTrips: 2,
    written: 5,
    readUnits: 3,
    writeUnits: 10,
  },
} satisfies Record<string, AccessPattern>;
