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
  /** The pool it was last put into; the one it is in now may have absorbed that. */
  poolId: z.string(),
  /** The user it was last assigned to. */
  holderId: z.string(),
  dataSourceId: z.string().optional(),
  /** What the data source calls it. */
  externalId: z.string().optional(),
  /** Money a month. */
  monthlyCost: z.number().optional(),
  tags: z.record(z.string(), z.string()),
  createdAt: z.string(),
  /** Audit events of ingestions that made or changed it, the newest last: they have too many targets for an index. */
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

/** Letters of a derived id: 156 bits of the hash. */
const idLength = 26;

/** The id of what a data source calls by this name: sent again, it is the same resource. */
export const externalResourceId = ({ hash }: Pick<Secrets, 'hash'>, dataSourceId: string, externalId: string): string =>
  `res_${hash(JSON.stringify([dataSourceId, externalId])).slice(0, idLength)}`;
