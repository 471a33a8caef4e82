import type { Input, Route } from '../api/route.ts';
import { ordinaryUnitsMax } from '../limits.ts';
import type { Services } from '../ports.ts';
import { ok, type Result } from '../result.ts';
import { callUnits } from './call-units.ts';

/** The charge of one call. An operation that is attempted several times charges once. */
export interface Charge {
  /** Charges the person, in parallel with the first read. Charges the organization too, if the person is known as its member. */
  begin(organizationId?: string): Promise<Result<void>>;
  /** Charges the organization, unless `begin` did. Call this only once the membership is established. */
  complete(organizationId: string): Promise<Result<void>>;
}

const done = Promise.resolve(ok(undefined));

/** The charge of a call that costs nothing, or that another call has charged. */
export const uncharged: Charge = { begin: () => done, complete: () => done };

/** The charge of a call. Only costly calls are charged: the function instance limits the number of all calls. */
export const chargeOf = (
  { buckets, clock }: Pick<Services, 'buckets' | 'clock'>,
  row: Route,
  personId: string | undefined,
  input: Pick<Input<Route>, 'query' | 'body'>,
): Charge => {
  const units = callUnits(row, input);
  if (units <= ordinaryUnitsMax || personId === undefined) return uncharged;
  const now = clock.now();
  let person: Promise<Result<void>> | undefined;
  let organization: Promise<Result<void>> | undefined;
  const both = async (organizationId: string): Promise<Result<void>> => {
    organization ??= buckets.take('organization', organizationId, units, now);
    const [ofPerson, ofOrganization] = await Promise.all([person ?? done, organization]);
    // Otherwise the refused calls of one person would use up what the others of the organization may use.
    if (!ofPerson.ok && ofOrganization.ok) await buckets.putBack('organization', organizationId, units);
    return ofPerson.ok ? ofOrganization : ofPerson;
  };
  let begun: Promise<Result<void>> | undefined;
  return {
    begin: (organizationId) => {
      person ??= buckets.take('person', personId, units, now);
      return (begun ??= organizationId === undefined ? person : both(organizationId));
    },
    complete: async (organizationId) => {
      const first = await (begun ?? done);
      return first.ok ? both(organizationId) : first;
    },
  };
};
