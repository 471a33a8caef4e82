import { readEnvironment } from '../../functions/adapters/environment.ts';
import { requestServices, workServices } from '../../functions/adapters/services.ts';
import type { Caller } from '../../shared/api/route.ts';
import type { Services, WorkServices } from '../../shared/ports.ts';
import type { Table } from '../../shared/table/table.ts';
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

/** A caller as the pipeline hands it to an operation. */
export const callerOf = ({ personId }: Pick<TestMember, 'personId'>): Caller => ({
  personId,
  requestId: crypto.randomUUID(),
});
