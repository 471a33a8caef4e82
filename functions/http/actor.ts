import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Anonymous, Member, Person } from '../../shared/actor.ts';
import type { Access } from '../../shared/api/route.ts';
import { parseOrganization } from '../../shared/organizations/organization.ts';
import type { Services } from '../../shared/ports.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { authorize, couldEver } from '../../shared/roles/authorize.ts';
import { keys } from '../../shared/table/keys.ts';
import { roleNames } from '../../shared/roles/role-names.ts';
import { parseMembership } from '../../shared/users/user.ts';
import { markSeen } from './last-seen.ts';

/** Who asks, and that they may at all; the operation decides on what they may it. One strongly consistent read. */
export const findActor = async (
  access: Access,
  event: APIGatewayProxyEventV2,
  requestId: string,
  services: Services,
  organizationId: string | undefined,
): Promise<Result<Anonymous | Person | Member>> => {
  if (access === 'public') return ok({ requestId });
  const personId = personOf(event);
  if (personId === undefined) return fail('unauthorized');
  if (access === 'person') return ok({ personId, requestId });
  if (organizationId === undefined) throw new Error(`A route for "${access}" needs an organization in its path`);
  const { table } = services;
  const membershipKey = keys.membership(organizationId, personId);
  const [organization, membership] = await table.batchGet([keys.organization(organizationId), membershipKey]);
  if (!organization || !membership) return fail('organization_not_found');
  const { userId, name, assignments, lastSeenAt, serviceAccount } = parseMembership(membership);
  if (!couldEver(assignments, access)) return fail('forbidden', whatIsNeeded(access));
  await markSeen(services, organizationId, { personId, userId, lastSeenAt });
  return ok({
    personId,
    requestId,
    userId,
    name,
    assignments,
    organization: parseOrganization(organization),
    ...(serviceAccount && { serviceAccount }),
  });
};

/** The `sub` of an access token; an ID token speaks for nobody here. */
const personOf = (event: APIGatewayProxyEventV2): string | undefined => {
  const { authorizer } = event.requestContext as { authorizer?: { jwt?: { claims?: Record<string, unknown> } } };
  const claims = authorizer?.jwt?.claims ?? {};
  return claims.token_use === 'access' && typeof claims.sub === 'string' ? claims.sub : undefined;
};

const whatIsNeeded = (action: Exclude<Access, 'public' | 'person'>): string => {
  const decision = authorize([], action);
  return decision.allowed
    ? ''
    : `This takes: ${decision.needs.map(({ role }) => roleNames[role] + (role === 'organization_manager' ? '' : ' of the pool')).join(', or ')}.`;
};
