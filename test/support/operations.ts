import { readEnvironment } from '../../functions/adapters/environment.ts';
import { requestServices, workServices } from '../../functions/adapters/services.ts';
import type { Member } from '../../shared/actor.ts';
import { parseOrganization } from '../../shared/organizations/organization.ts';
import type { Services, WorkServices } from '../../shared/ports.ts';
import { keys } from '../../shared/table/keys.ts';
import type { Table } from '../../shared/table/table.ts';
import { parseMembership } from '../../shared/users/user.ts';
import type { TestMember } from './organization.ts';

/** The services of a request, as a function makes them; every table of theirs goes through `change`. */
export const servicesOf = (
  organizationId: string | undefined,
  change: (table: Table) => Table = (table) => table,
): Services => {
  const services = requestServices(readEnvironment())(organizationId);
  return {
    ...services,
    table: change(services.table),
    tenantTable: (...roots) => change(services.tenantTable(...roots)),
    personTable: (...roots) => change(services.personTable(...roots)),
  };
};

/** The services of a run of the worker. */
export const workServicesOf = (changes: Partial<WorkServices> = {}): WorkServices => ({
  ...workServices(readEnvironment())({ runId: `test-${crypto.randomUUID()}`, timeLeft: () => 60_000 }),
  ...changes,
});

/** A member as the pipeline hands it to an operation. */
export const actorOf = async (organizationId: string, { personId }: Pick<TestMember, 'personId'>): Promise<Member> => {
  const [organization, membership] = await servicesOf(organizationId).table.batchGet([
    keys.organization(organizationId),
    keys.membership(organizationId, personId),
  ]);
  const { userId, name, assignments } = parseMembership(membership);
  return {
    personId,
    requestId: crypto.randomUUID(),
    userId,
    name,
    assignments,
    organization: parseOrganization(organization),
  };
};
