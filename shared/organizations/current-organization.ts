import type { Member } from '../actor.ts';
import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { parseOrganization, type Organization } from './organization.ts';

/** The organization as the request read it, or read again once that turned out to be stale. */
export const currentOrganization = async (
  table: Table,
  { organization }: Member,
  stale: boolean,
): Promise<Organization> =>
  stale ? parseOrganization(await table.get(keys.organization(organization.id))) : organization;
