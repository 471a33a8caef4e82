import { readEnvironment } from '../../functions/adapters/environment.ts';
import { documentClient, requestServices, workServices } from '../../functions/adapters/services.ts';
import type { Caller } from '../../shared/api/route.ts';
import type { Services, WorkServices } from '../../shared/ports.ts';
import type { Table } from '../../shared/table/table.ts';
import { clock, clockAt, ids } from './clock.ts';
import type { TestMember } from './organization.ts';
import { withPlantedAccounts } from './planted-accounts.ts';
import { unlimitedBuckets } from './unlimited-buckets.ts';

/** One client for each DynamoDB engine, because a test creates dozens of services. */
const clients = new Map<string | undefined, ReturnType<typeof documentClient>>();
const clientOfStack = () => {
  const endpoint = process.env.AWS_ENDPOINT_URL_DYNAMODB;
  const client = clients.get(endpoint) ?? documentClient();
  clients.set(endpoint, client);
  return client;
};

/** The services of a request, as a function creates them, with `change` applied to each of their tables. */
export const servicesOf = (
  organizationId: string | undefined,
  change: (table: Table) => Table = (table) => table,
): Services => {
  const services = requestServices(readEnvironment(), clientOfStack())(organizationId);
  return {
    ...services,
    clock,
    ids,
    buckets: unlimitedBuckets,
    directory: withPlantedAccounts(services.directory),
    table: change(services.table),
    tenantTable: (...roots) => change(services.tenantTable(...roots)),
    personTable: (...roots) => change(services.personTable(...roots)),
  };
};

/** The services of a run of the worker. */
export const workServicesOf = (changes: Partial<WorkServices> = {}): WorkServices => {
  const services = workServices(
    readEnvironment(),
    clientOfStack(),
  )({
    runId: `test-${crypto.randomUUID()}`,
    timeLeft: () => 60_000,
  });
  return { ...services, clock, ids, directory: withPlantedAccounts(services.directory), ...changes };
};

/** The services of a request and of the worker in one object, with `change` applied to each of their tables. */
export const allServicesOf = (
  organizationId: string | undefined,
  change: (table: Table) => Table,
): Services & WorkServices => {
  const worker = workServicesOf();
  return { ...worker, ...servicesOf(organizationId, change), workTable: change(worker.workTable) };
};

/** These services with a clock that always shows `instant`. Waiting returns immediately. */
export const atInstant = <S extends Pick<Services, 'clock'>>(services: S, instant: string): S => ({
  ...services,
  clock: clockAt(() => instant),
});

/** A caller as the pipeline hands it to an operation. */
export const callerOf = ({ personId }: Pick<TestMember, 'personId'>): Caller => ({
  personId,
  requestId: crypto.randomUUID(),
});
