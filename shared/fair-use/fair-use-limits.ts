import {
  organizationUnitsAtOnceMax,
  organizationUnitsPerSecond,
  personCallsAtOnceMax,
  personCallsPerSecond,
  personUnitsAtOnceMax,
  personUnitsPerSecond,
} from '../limits.ts';
import type { BucketLimit } from './bucket.ts';

/** All calls of a person to one function instance. */
export const personCalls: BucketLimit = {
  name: 'calls',
  unit: 'requests',
  atOnceMax: personCallsAtOnceMax,
  perSecond: personCallsPerSecond,
};

/** The costly calls of a person, in all organizations. */
export const personBucket: BucketLimit = {
  name: 'person',
  unit: 'capacity-units',
  atOnceMax: personUnitsAtOnceMax,
  perSecond: personUnitsPerSecond,
};

/** The costly calls of all members of an organization. */
export const organizationBucket: BucketLimit = {
  name: 'organization',
  unit: 'capacity-units',
  atOnceMax: organizationUnitsAtOnceMax,
  perSecond: organizationUnitsPerSecond,
};
