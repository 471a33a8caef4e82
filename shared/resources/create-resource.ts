import type { Member } from '../actor.ts';
import { remember } from '../api/idempotency.ts';
import type { Input, Operation } from '../api/route.ts';
import { holderOwns } from '../assets/owner.ts';
import { auditBy } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import { currentOrganization } from '../organizations/current-organization.ts';
import type { Services } from '../ports.ts';
import { fail, ok, type Result } from '../result.ts';
import { startOver, written } from '../retry.ts';
import { stillHolds } from '../roles/entitlement.ts';
import { treeUnchanged } from '../roles/known-pools.ts';
import { additionWrite, decide, readSurroundings, withIds } from './ingestion.ts';
import type { resourceRoutes } from './resource-routes.ts';
import { resourceView, type ResourceView } from './resource-view.ts';

type CreateResource = typeof resourceRoutes.createResource;

export const createResource: Operation<CreateResource> = (services) => (actor, input) =>
  startOver((stale) => attempt(services, actor, input, stale));

const attempt = async (
  services: Services,
  actor: Member,
  { body, idempotency }: Input<CreateResource>,
  stale: boolean,
): Promise<Result<ResourceView, Failure | 'again'>> => {
  if (idempotency?.remembered) return ok(idempotency.remembered as ResourceView);
  const { table, clock } = services;
  const organization = await currentOrganization(table, actor, stale);
  const now = clock.now();
  const [incoming] = withIds(services, [body]);
  if (!incoming) throw new Error('One item has one id');
  const around = await readSurroundings(services, organization, [incoming]);
  const addition = decide(around, actor, incoming, now);
  if (!addition.ok) return addition;
  const { outcome, resource, through, checks } = addition.value;
  if (outcome !== 'created') return fail('resource_exists', `It is ${resource.id}.`);
  const answer = resourceView(resource, holderOwns, around.tree);
  return written(
    await table.transact([
      ...remember(organization.id, idempotency, answer, now),
      additionWrite(organization.id, addition.value),
      ...checks,
      treeUnchanged(organization.id, organization.treeVersion),
      stillHolds(actor, through),
      auditBy(services, actor, now, 'resource_created', [resource.id], {
        name: resource.name,
        poolId: resource.poolId,
        ownerId: resource.holderId,
      }),
    ]),
    answer,
  );
};
