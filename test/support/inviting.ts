import { expect } from 'vitest';
import { inviteUsers } from '../../shared/invites/invite-users.ts';
import { keys } from '../../shared/table/keys.ts';
import type { Table } from '../../shared/table/table.ts';
import { dayOf } from '../../shared/time.ts';
import { clock } from './clock.ts';
import { callerOf, servicesOf } from './operations.ts';
import { newEmail, type TestOrganization } from './organization.ts';

export const asMember = [{ role: 'member' as const }];

export const manyEmails = (length: number, name = 'bulk') => Array.from({ length }, () => newEmail(name));

interface Call {
  emails: string[];
  dryRun?: boolean;
  /** Mails a day. */
  quota?: number;
  key?: string;
  change?: (table: Table) => Table;
}

/** The operation beside the functions: at their time, with a quota of its own. */
export const call = async (organization: TestOrganization, { emails, dryRun = false, quota, key, change }: Call) => {
  const services = servicesOf(organization.id, change);
  const settings = { ...services.settings, ...(quota !== undefined && { inviteQuota: quota }) };
  return inviteUsers({ ...services, settings })(callerOf(organization.manager), {
    params: organization.params,
    query: {},
    body: { emails, roles: asMember, dryRun },
    ...(key !== undefined && { idempotency: { request: key, bodyHash: JSON.stringify(emails) } }),
  });
};

export const outcomesOf = (result: Awaited<ReturnType<typeof call>>): [string, string][] =>
  result.ok
    ? result.value.results.map(({ email, outcome }) => [email, outcome])
    : expect.unreachable(`Refused: ${JSON.stringify(result.error)}`);

export const askedToday = async ({ id }: TestOrganization): Promise<number> => {
  const item = await servicesOf(id).table.get(keys.quota(id, dayOf(clock.now())));
  return Number(item?.asked ?? 0);
};
