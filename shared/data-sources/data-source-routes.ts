import * as z from 'zod';
import { onOrganization, reading } from '../api/access.ts';
import { personName } from '../api/hidden-fields.ts';
import { route } from '../api/route.ts';
import { id, inOrganization, instant, listOf, none, paging, version } from '../api/schemas.ts';
import { cloudAccountIdLettersMax } from '../limits.ts';
import { openEnum } from '../open-enum.ts';
import { dataSourceName, dataSourceTypes } from './data-source.ts';

const dataSourceView = z
  .object({
    id,
    type: openEnum(dataSourceTypes),
    name: z.string(),
    accountId: z.string(),
    ownerId: id.meta({ description: 'The id of the current owner, after all removals of users.' }),
    ownerName: personName(),
    createdAt: instant,
    version,
  })
  .meta({ id: 'DataSource' });

const aDataSource = z.strictObject({ organizationId: id, dataSourceId: id });

export const dataSourceRoutes = {
  listDataSources: route({
    method: 'GET',
    path: '/v1/organizations/{organizationId}/data-sources',
    access: reading,
    params: inOrganization,
    query: z.strictObject(paging),
    body: undefined,
    status: 200,
    response: listOf(dataSourceView),
    errors: ['invalid_cursor'],
  }),
  createDataSource: route({
    method: 'POST',
    path: '/v1/organizations/{organizationId}/data-sources',
    access: onOrganization('manage_data_sources'),
    params: inOrganization,
    query: none,
    body: z.strictObject({
      type: z.enum(dataSourceTypes),
      name: dataSourceName,
      accountId: z
        .string()
        .regex(
          new RegExp(`^[\\x21-\\x7e]{1,${cloudAccountIdLettersMax}}$`),
          `Visible ASCII characters without spaces, at most ${cloudAccountIdLettersMax}.`,
        )
        .meta({
          description:
            'The id that the cloud provider gives the account, subscription, project or cluster. Visible ASCII characters without spaces.',
        }),
      ownerId: id.optional().meta({ description: 'The id of the user. Absent: the caller.' }),
    }),
    status: 201,
    response: dataSourceView,
    errors: ['unknown_user', 'owner_inactive', 'data_source_exists', 'idempotency_key_reused'],
  }),
  getDataSource: route({
    method: 'GET',
    path: '/v1/organizations/{organizationId}/data-sources/{dataSourceId}',
    access: reading,
    params: aDataSource,
    query: none,
    body: undefined,
    status: 200,
    response: dataSourceView,
    errors: ['data_source_not_found'],
  }),
  updateDataSource: route({
    method: 'PATCH',
    path: '/v1/organizations/{organizationId}/data-sources/{dataSourceId}',
    access: onOrganization('manage_data_sources'),
    params: aDataSource,
    query: none,
    body: z.strictObject({ name: dataSourceName.optional(), ownerId: id.optional() }),
    status: 200,
    response: dataSourceView,
    errors: ['data_source_not_found', 'unknown_user', 'owner_inactive', 'stale_version'],
  }),
  deleteDataSource: route({
    method: 'DELETE',
    path: '/v1/organizations/{organizationId}/data-sources/{dataSourceId}',
    access: onOrganization('manage_data_sources'),
    params: aDataSource,
    query: none,
    body: undefined,
    status: 204,
    response: z.undefined(),
    errors: ['data_source_not_found', 'stale_version'],
  }),
};
