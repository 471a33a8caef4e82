import * as z from 'zod';
import { ingestionsRememberedMax } from '../limits.ts';
import type { Secrets } from '../ports.ts';
import { held, indexEntry, keys, partitions } from '../table/keys.ts';
import type { Item } from '../table/write.ts';

/** Something that costs money: a machine, a bucket, a cluster. */
const storedResource = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  /** The id of the pool to which the resource was last assigned. If that pool was deleted, another one has absorbed it. */
  poolId: z.string(),
  /** The id of the user whom the resource was last assigned to. */
  holderId: z.string(),
  dataSourceId: z.string().optional(),
  /** The id of the resource in its data source. */
  externalId: z.string().optional(),
  /** An amount of money per month. */
  monthlyCost: z.number().optional(),
  tags: z.record(z.string(), z.string()),
  createdAt: z.string(),
  /** The ids of the audit events of imports that changed it, newest last. These events have too many targets for an index. */
  ingestedIn: z.array(z.string()),
  version: z.number(),
});

export type Resource = z.infer<typeof storedResource>;

export const parseResource = (item: unknown): Resource => storedResource.parse(item);

export const resourceItem = (organizationId: string, resource: Resource): Item => ({
  ...keys.resource(organizationId, resource.id),
  ...resource,
  ...held(organizationId, resource.holderId),
  ...indexEntry('gsi1', partitions.resourcesIn(organizationId, resource.poolId), resource.id),
  ...indexEntry('gsi2', partitions.resources(organizationId), resource.id),
});

export const ingested = ({ ingestedIn }: Pick<Resource, 'ingestedIn'>, eventId: string): string[] =>
  [...ingestedIn, eventId].slice(-ingestionsRememberedMax);

/** The length of a derived id in characters, which is 156 bits of the hash. */
const idLength = 26;

/** Derives the id of a resource from its external id, so that sending it again updates the same resource. */
export const externalResourceId = ({ hash }: Pick<Secrets, 'hash'>, dataSourceId: string, externalId: string): string =>
  `res_${hash(JSON.stringify([dataSourceId, externalId])).slice(0, idLength)}`;
