import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { expect, test } from 'vitest';
import { readEnvironment } from '../../functions/adapters/environment.ts';
import { documentClient, requestServices } from '../../functions/adapters/services.ts';
import { lambda } from '../../functions/http/lambda.ts';
import { holdPort } from '../../infra/local/network.ts';
import { localAws } from '../../infra/local/table.ts';
import { getOrganization } from '../../shared/organizations/get-organization.ts';
import { organizationRoutes } from '../../shared/organizations/organization-routes.ts';
import { platformRoutes } from '../../shared/platform/platform-routes.ts';
import { inviteByMail, newEmail, newOrganization, refusal, take } from '../support/organization.ts';
import { password, useStack } from '../support/stack.ts';

const stack = useStack();
const minute = 60_000;

test('while SES is down, invites wait and show why; once it is back, they are sent', async () => {
  const { params, manager } = await newOrganization(stack);
  const email = newEmail();
  const bringBack = await stack.outage('mail');
  const { results } = take(
    await manager.client.inviteUsers({ params, body: { emails: [email], roles: [{ role: 'member' }] } }),
  );
  await stack.drain();
  const invite = async () =>
    take(await manager.client.getInvite({ params: { ...params, inviteId: results[0]?.invite?.id ?? '' } }));
  expect(await invite()).toMatchObject({
    status: 'pending',
    delivery: 'queued',
    sends: 0,
    deliveryDetail: 'The email service could not be reached. The email will be sent later.',
  });

  await bringBack();
  await stack.tick();
  expect(await stack.mailsTo(email)).toHaveLength(0);
  stack.advanceClock(minute);
  await stack.tick();
  expect(await stack.mailsTo(email)).toHaveLength(1);
  expect(await invite()).toMatchObject({ delivery: 'delivered', sends: 1 });
  expect(await invite()).not.toHaveProperty('deliveryDetail');
});

test('while Cognito is down, accepting an invite responds 503, and the invite can be accepted later', async () => {
  const organization = await newOrganization(stack);
  const { token } = await inviteByMail(stack, organization, newEmail());
  const bringBack = await stack.outage('directory');
  const reply = await stack.anybody.acceptInvite({ body: { token, password } });
  expect(refusal(reply)).toBe('503 unavailable');
  expect(reply.headers.get('retry-after')).toBe('5');
  await bringBack();
  take(await stack.anybody.acceptInvite({ body: { token, password } }));
});

test('while DynamoDB is down, every response is 503', async () => {
  // No server runs on the held port, so that every connection is closed.
  const port = await holdPort();
  const client = new DynamoDBClient({ ...localAws, endpoint: port.endpoint, maxAttempts: 1 });
  const handler = lambda(
    { getOrganization: organizationRoutes.getOrganization },
    { getOrganization },
    {},
    requestServices(readEnvironment(), documentClient(client)),
  );
  const event = {
    routeKey: 'GET /v1/organizations/{organizationId}',
    rawPath: '/v1/organizations/org_x',
    headers: {},
    pathParameters: { organizationId: 'org_x' },
    requestContext: {
      requestId: 'r',
      http: { sourceIp: '192.0.2.1' },
      authorizer: { jwt: { claims: { token_use: 'access', sub: 'p' } } },
    },
  } as unknown as APIGatewayProxyEventV2;
  const answer = await handler(event, {} as Context);
  expect(answer).toMatchObject({ statusCode: 503, headers: { 'retry-after': '5' } });
  expect(JSON.parse(answer.body ?? '')).toMatchObject({ code: 'unavailable', requestId: 'r' });
  await port.close();
});

test('a request that runs out of time responds 503 instead of failing', async () => {
  const never = () => () => new Promise<never>(() => undefined);
  const handler = lambda({ getHealth: platformRoutes.getHealth }, { getHealth: never });
  const event = {
    routeKey: 'GET /health',
    rawPath: '/health',
    headers: {},
    requestContext: { requestId: 'r', http: { sourceIp: '192.0.2.1' } },
  } as unknown as APIGatewayProxyEventV2;
  const answer = await handler(event, { getRemainingTimeInMillis: () => 10 } as Context);
  expect(answer).toMatchObject({ statusCode: 503, headers: { 'retry-after': '5' } });
});
