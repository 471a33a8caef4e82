import type { Member } from '../actor.ts';
import type { Input, Operation } from '../api/route.ts';
import { auditBy } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import type { Services } from '../ports.ts';
import { fail, type Result } from '../result.ts';
import { startOver, written } from '../retry.ts';
import { stillOrganizationManager } from '../roles/entitlement.ts';
import { equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { erase, guard, update } from '../table/write.ts';
import type { policyRoutes } from './policy-routes.ts';
import { parsePolicy } from './policy.ts';

type DeletePolicy = typeof policyRoutes.deletePolicy;

export const deletePolicy: Operation<DeletePolicy> = (services) => (actor, input) =>
  startOver(() => attempt(services, actor, input));

const attempt = async (
  services: Services,
  actor: Member,
  { params, ifMatch }: Input<DeletePolicy>,
): Promise<Result<undefined, Failure | 'again'>> => {
  const { table, clock } = services;
  const organizationId = actor.organization.id;
  const key = keys.policy(organizationId, params.policyId);
  const item = await table.get(key);
  if (!item) return fail('policy_not_found');
  const { id, content, version } = parsePolicy(item);
  if (ifMatch !== undefined && ifMatch !== version) return fail('stale_version');
  return written(
    await table.transact([
      erase(key, guard(equal('version', version), 'again' as const)),
      update(keys.organization(organizationId), { add: { policies: -1 } }),
      stillOrganizationManager(actor),
      auditBy(services, actor, clock.now(), 'policy_deleted', [id], { name: content.name, type: content.type }),
    ]),
    undefined,
  );
};
