import { inviteByMail, newEmail, newPool, newResource, take, type TestOrganization } from './organization.ts';
import { callOf, testedKinds } from './settings-kinds.ts';
import type { TestStack } from './stack.ts';

/** Creates one object of each kind in an organization. Returns their ids and `userId`, by the names of the path parameters. */
export const pathParameters = async (
  stack: TestStack,
  organization: TestOrganization,
  userId: string,
): Promise<Record<string, string>> => {
  const { params, manager, rootPoolId } = organization;
  const ids: Record<string, string> = {
    organizationId: organization.id,
    poolId: await newPool(organization, 'Web', rootPoolId),
    resourceId: (await newResource(organization, rootPoolId)).id,
    userId,
    inviteId: (await inviteByMail(stack, organization, newEmail())).inviteId,
  };
  for (const { idParameter, create, newBody } of testedKinds)
    ids[idParameter] = take(await callOf(manager.client, create)({ params, body: newBody() })).id;
  return ids;
};
