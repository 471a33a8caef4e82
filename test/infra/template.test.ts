import path from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, inject, test } from 'vitest';
import type { Route } from '../../shared/api/route.ts';
import { routes } from '../../shared/api/routes.ts';
import { addRoster } from '../../infra/roster.ts';
import { findStage } from '../../infra/stages.ts';

interface Resource {
  Properties: Record<string, unknown>;
}

describe.each(['local', 'dev'] as const)('the template of stage %s', (stage) => {
  const app = new App({ context: { stage } });
  addRoster(app, path.join(path.dirname(inject('assembly')), 'bundles'));
  const stack = (name: string) => Template.fromStack(app.node.findChild(`Roster-${stage}-${name}`) as never);
  const [data, mail, api] = [stack('Data'), stack('Mail'), stack('Api')];
  const all = (template: Template, type: string): Resource[] =>
    Object.values(template.findResources(type)) as Resource[];
  const clients = Object.entries(api.findResources('AWS::Cognito::UserPoolClient')) as [string, Resource][];
  const machines = clients.filter(([, { Properties }]) => Properties.AllowedOAuthFlows);

  test('has every route of the table, closed unless it is public, and one more for all other addresses', () => {
    const deployed = Object.fromEntries(
      all(api, 'AWS::ApiGatewayV2::Route').map(({ Properties }) => [Properties.RouteKey, Properties.AuthorizationType]),
    );
    const wanted = Object.fromEntries(
      Object.values<Route>(routes).map(({ method, path: route, access }) => [
        `${method} ${route}`,
        access === 'public' ? 'NONE' : 'JWT',
      ]),
    );
    expect(deployed).toEqual({ ...wanted, 'ANY /v1/{proxy+}': 'JWT' });
  });

  test('has functions of ours only, on arm64 and Node 24', () => {
    const functions = all(api, 'AWS::Lambda::Function');
    expect(functions).toHaveLength(12);
    for (const { Properties } of functions)
      expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler' });
    for (const template of [data, mail]) expect(all(template, 'AWS::Lambda::Function')).toEqual([]);
  });

  test('lets an accepting function live shorter than an account claim', () => {
    const timeouts = all(api, 'AWS::Lambda::Function').map(({ Properties }) => Properties.Timeout);
    expect(timeouts.filter((timeout) => timeout === 10)).toHaveLength(11);
    expect(timeouts.filter((timeout) => timeout === 60)).toHaveLength(1);
  });

  test('has one table with its five indexes, a stream, a time to live and point-in-time recovery', () => {
    data.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      GlobalSecondaryIndexes: ['gsi1', 'gsi2', 'gsi3', 'held', 'due'].map((IndexName) =>
        Match.objectLike({
          IndexName,
          Projection:
            IndexName === 'held'
              ? { ProjectionType: 'INCLUDE', NonKeyAttributes: ['poolId', 'monthlyCost'] }
              : { ProjectionType: 'KEYS_ONLY' },
        }),
      ),
      Replicas: [Match.objectLike({ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } })],
    });
    data.resourceCountIs('AWS::DynamoDB::GlobalTable', 1);
  });

  test('has a user pool signed in to by e-mail in any case, where nobody signs up by themself', () => {
    data.hasResourceProperties('AWS::Cognito::UserPool', {
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    });
  });

  test('lets scripts sign in by password on a laptop only', () => {
    const [, client] = clients.find(([, { Properties }]) => !Properties.AllowedOAuthFlows) ?? [];
    expect(client?.Properties).toMatchObject({ AllowedOAuthFlowsUserPoolClient: false });
    expect(client?.Properties.GenerateSecret).toBeUndefined();
    const flows = client?.Properties.ExplicitAuthFlows as string[];
    expect(flows.includes('ALLOW_USER_PASSWORD_AUTH')).toBe(stage === 'local');
  });

  test('has an app client of each machine, through which nobody but the machine signs in', () => {
    expect(machines.map(([, { Properties }]) => Properties.ClientName)).toEqual(findStage(stage).machines);
    expect(clients).toHaveLength(machines.length + 1);
    for (const [, { Properties }] of machines)
      expect(Properties).toMatchObject({
        AllowedOAuthFlows: ['client_credentials'],
        AllowedOAuthFlowsUserPoolClient: true,
        GenerateSecret: true,
        // What is left when everything that needs a password or a code is not there.
        ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      });
    api.hasResourceProperties('AWS::Cognito::UserPoolResourceServer', {
      Identifier: 'roster',
      Scopes: [Match.objectLike({ ScopeName: 'api' })],
    });
  });

  test('lets in tokens of every app client there is', () => {
    const [authorizer] = all(api, 'AWS::ApiGatewayV2::Authorizer');
    expect(authorizer?.Properties).toMatchObject({
      JwtConfiguration: { Audience: clients.map(([Ref]) => ({ Ref })) },
    });
  });

  test('says where machines get their tokens and who they are, and no secret', () => {
    const outputs = { ...data.findOutputs('*'), ...api.findOutputs('*') };
    const domain = all(data, 'AWS::Cognito::UserPoolDomain');
    expect(domain[0]?.Properties.Domain).toEqual({ 'Fn::Join': ['', [`roster-${stage}-`, { Ref: 'AWS::AccountId' }]] });
    expect(JSON.stringify(outputs.TokenUrl)).toContain('.amazoncognito.com/oauth2/token');
    for (const [Ref, { Properties }] of machines)
      expect(outputs[`MachineClientId${String(Properties.ClientName)}`]).toMatchObject({ Value: { Ref } });
    expect(JSON.stringify(outputs)).not.toMatch(/secret/i);
  });

  test('wakes the worker by the stream, for items that ask for it, and every minute', () => {
    api.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FilterCriteria: {
        Filters: [{ Pattern: JSON.stringify({ dynamodb: { NewImage: { wake: { S: [{ exists: true }] } } } }) }],
      },
    });
    api.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 minute)', State: 'ENABLED' });
    mail.resourceCountIs('AWS::SES::ConfigurationSet', 1);
  });
});

test('a stage that there is not is refused by name', () => {
  expect(() => findStage('production')).toThrow('There is no stage "production". Stages: local, dev.');
});
