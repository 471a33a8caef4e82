import * as z from 'zod';
import { reading, type Facts } from '../api/access.ts';
import { personName } from '../api/hidden-fields.ts';
import { route } from '../api/route.ts';
import {
  fieldError,
  flag,
  id,
  inOrganization,
  listOf,
  money,
  none,
  paging,
  plainText,
  version,
} from '../api/schemas.ts';
import { errorCodes, type ErrorCode } from '../errors.ts';
import {
  externalIdLettersMax,
  resourceNameLettersMax,
  resourceTypeLettersMax,
  resourcesPerRequestMax,
  searchLettersMax,
} from '../limits.ts';
import { displayName } from '../names/display-name.ts';
import { shownCurrency } from '../organizations/currency.ts';
import { openEnum } from '../open-enum.ts';
import { tags } from './tags.ts';

const name = displayName(resourceNameLettersMax);
const monthlyCost = money.meta({ description: 'The cost in money a month.' });

const resourceView = z
  .object({
    id,
    name: z.string(),
    type: z.string(),
    poolId: id.meta({ description: 'The id of the current pool, after all deletions of pools.' }),
    poolName: z.string().optional(),
    ownerId: id.meta({ description: 'The id of the current owner, after all removals of users.' }),
    ownerName: personName(),
    dataSourceId: id.optional(),
    dataSourceName: z
      .string()
      .optional()
      .meta({ description: 'The name of the data source. Absent: there is none, or it was disconnected.' }),
    externalId: z.string().optional(),
    monthlyCost: z.number().optional(),
    currency: shownCurrency.optional(),
    tags: z.record(z.string(), z.string()),
    version,
  })
  .meta({ id: 'Resource' });

export const newResource = z
  .strictObject({
    name,
    type: plainText(resourceTypeLettersMax),
    poolId: id,
    ownerId: id
      .optional()
      .meta({ description: 'The id of the owner, an active user. Absent: the default owner of the pool.' }),
    dataSourceId: id.optional(),
    externalId: plainText(externalIdLettersMax).optional().meta({
      description: 'The id that the data source uses. It requires `dataSourceId`. Control characters are refused.',
    }),
    monthlyCost: monthlyCost.optional(),
    tags: tags.default({}),
  })
  .refine(({ dataSourceId, externalId }) => externalId === undefined || dataSourceId !== undefined, {
    path: ['dataSourceId'],
    params: { code: 'missing' },
    message: 'An externalId is one of a data source: name it.',
  })
  .meta({ id: 'NewResource', dependentRequired: { externalId: ['dataSourceId'] } });

export const ingestOutcomes = ['created', 'updated', 'unchanged', 'refused'] as const;

const aResource = z.strictObject({ organizationId: id, resourceId: id });

const refusals = ['unknown_pool', 'unknown_user', 'owner_inactive', 'unknown_data_source'] as const;

/** A change of anything but the name and the tags requires the right to manage the resource. */
const manages = ({ body }: Facts): boolean =>
  body.monthlyCost !== undefined || body.ownerId !== undefined || body.poolId !== undefined;

const edits = ({ body }: Facts): boolean => body.name !== undefined || body.tags !== undefined;

export const resourceRoutes = {
  listResources: route({
    method: 'GET',
    path: '/v1/organizations/{organizationId}/resources',
    access: reading,
    params: inOrganization,
    query: z.strictObject({
      poolId: id.optional(),
      subPools: flag.meta({ description: 'Whether resources in the pools below `poolId` are included.' }),
      ownerId: id.optional(),
      type: plainText(resourceTypeLettersMax).optional().meta({
        description: 'Resources of exactly this type. It filters pages, so that a page may be short.',
      }),
      name: z.string().max(searchLettersMax).optional().meta({
        description:
          'Words in any order that the name contains, in any case and without accents, strokes and apostrophes. It filters pages, so that a page may be short.',
      }),
      ...paging,
    }),
    body: undefined,
    status: 200,
    response: listOf(resourceView),
    errors: ['invalid_cursor', 'unknown_pool', 'unknown_user'],
  }),
  createResource: route({
    method: 'POST',
    path: '/v1/organizations/{organizationId}/resources',
    access: [{ action: 'manage_resources', on: { pool: 'body.poolId', missing: 'unknown_pool' } }],
    params: inOrganization,
    query: none,
    body: newResource,
    status: 201,
    response: resourceView,
    errors: [...refusals, 'resource_exists', 'idempotency_key_reused'],
  }),
  ingestResources: route({
    method: 'POST',
    path: '/v1/organizations/{organizationId}/resources/batch',
    access: [{ action: 'manage_resources', on: 'each item' }],
    params: inOrganization,
    query: none,
    body: z.strictObject({ items: z.array(newResource).min(1).max(resourcesPerRequestMax) }),
    eachItem: { list: 'items', outcome: 'refused' satisfies (typeof ingestOutcomes)[number] },
    units: { call: 8, item: 4.5 },
    status: 200,
    response: z.object({
      results: z.array(
        z.object({
          outcome: openEnum(ingestOutcomes),
          resource: resourceView.optional(),
          code: openEnum(Object.keys(errorCodes) as ErrorCode[])
            .optional()
            .meta({ description: 'The code of the reason why the item was refused.' }),
          detail: z.string().optional(),
          errors: z
            .array(fieldError)
            .optional()
            .meta({ description: 'The fields of the item that are wrong. Their pointers begin at the item.' }),
        }),
      ),
    }),
    errors: ['idempotency_key_reused'],
  }),
  getResource: route({
    method: 'GET',
    path: '/v1/organizations/{organizationId}/resources/{resourceId}',
    access: reading,
    params: aResource,
    query: none,
    body: undefined,
    status: 200,
    response: resourceView,
    errors: ['resource_not_found'],
  }),
  updateResource: route({
    method: 'PATCH',
    path: '/v1/organizations/{organizationId}/resources/{resourceId}',
    access: [
      { action: 'manage_resources', on: { resource: 'params.resourceId' }, when: manages },
      {
        action: 'manage_resources',
        on: { pool: 'body.poolId', missing: 'unknown_pool' },
        when: ({ body }) => body.poolId !== undefined,
      },
      {
        action: 'edit_resource',
        on: { resource: 'params.resourceId' },
        when: (facts) => edits(facts) || !manages(facts),
      },
    ],
    params: aResource,
    query: none,
    body: z.strictObject({
      name: name.optional(),
      tags: tags.optional().meta({ description: 'The tags. They replace all tags of the resource.' }),
      monthlyCost: monthlyCost.nullable().optional(),
      ownerId: id.optional(),
      poolId: id.optional(),
    }),
    status: 200,
    response: resourceView,
    errors: ['resource_not_found', 'unknown_pool', 'unknown_user', 'owner_inactive', 'stale_version'],
  }),
  deleteResource: route({
    method: 'DELETE',
    path: '/v1/organizations/{organizationId}/resources/{resourceId}',
    access: [{ action: 'manage_resources', on: { resource: 'params.resourceId' } }],
    params: aResource,
    query: none,
    body: undefined,
    status: 204,
    response: z.undefined(),
    errors: ['resource_not_found', 'stale_version'],
  }),
};
