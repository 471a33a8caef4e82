import path from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, inject, test } from 'vitest';
import type { Route } from '../../shared/api/route.ts';
import { routeGroups } from '../../shared/api/routes.ts';
import { addRoster } from '../../infra/roster.ts';
import { findStage } from '../../infra/stages.ts';

interface Resource {
  Properties: Record<string, unknown>;
}

const variables = (properties: Record<string, unknown>): Record<string, unknown> =>
  (properties.Environment as { Variables?: Record<string, unknown> } | undefined)?.Variables ?? {};

describe.each(['local', 'dev'] as const)('the template of stage %s', (stage) => {
  const app = new App({ context: { stage } });
  addRoster(app, path.join(path.dirname(inject('assembly')), 'bundles'));
  const stack = (name: string) => Template.fromStack(app.node.findChild(`Roster-${stage}-${name}`) as never);
  const [data, mail, api] = [stack('Data'), stack('Mail'), stack('Api')];
  const all = (template: Template, type: string): Resource[] =>
    Object.values(template.findResources(type)) as Resource[];
  const idOf = (name: string): string =>
    Object.keys(api.findResources('AWS::Lambda::Function')).find((id) => id.startsWith(name)) ?? '';
  const deadLetters = (): string => Object.keys(api.findResources('AWS::SQS::Queue'))[0] ?? '';
  const clients = Object.entries(api.findResources('AWS::Cognito::UserPoolClient')) as [string, Resource][];
  const [machines, people] = [true, false].map((wanted) =>
    clients.filter(([, { Properties }]) => (Properties.GenerateSecret === true) === wanted),
  ) as [[string, Resource][], [string, Resource][]];

  test('has every route of the table, closed unless it is public, and one more for all other addresses', () => {
    const deployed = Object.fromEntries(
      all(api, 'AWS::ApiGatewayV2::Route').map(({ Properties }) => [Properties.RouteKey, Properties.AuthorizationType]),
    );
    const wanted = Object.fromEntries(
      Object.values<Record<string, Route>>(routeGroups)
        .flatMap(Object.values<Route>)
        .map(({ method, path: route, access }) => [`${method} ${route}`, access === 'public' ? 'NONE' : 'JWT']),
    );
    expect(deployed).toEqual({ ...wanted, 'ANY /v1/{proxy+}': 'JWT' });
  });

  test('has functions of ours only, on arm64 and Node 24', () => {
    const functions = all(api, 'AWS::Lambda::Function');
    expect(functions).toHaveLength(16);
    for (const { Properties } of functions)
      expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler' });
    for (const template of [data, mail]) expect(all(template, 'AWS::Lambda::Function')).toEqual([]);
  });

  test('lets an accepting function live shorter than an account claim', () => {
    const timeouts = all(api, 'AWS::Lambda::Function').map(({ Properties }) => Properties.Timeout);
    expect(timeouts.filter((timeout) => timeout === 10)).toHaveLength(12);
    expect(timeouts.filter((timeout) => timeout === 29)).toHaveLength(2);
    expect(timeouts.filter((timeout) => timeout === 30)).toHaveLength(1);
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
    const flows = people[0]?.[1].Properties.ExplicitAuthFlows as string[];
    expect(flows.includes('ALLOW_USER_PASSWORD_AUTH')).toBe(stage === 'local');
  });

  test('lets people sign in to the console by authorization code, and sends them back to the API’s address only', () => {
    const [[id, client] = ['', undefined], ...others] = people;
    expect(others).toEqual([]);
    const [httpApi] = Object.keys(api.findResources('AWS::ApiGatewayV2::Api'));
    const at = (suffix: string) => [{ 'Fn::Join': ['', [{ 'Fn::GetAtt': [httpApi, 'ApiEndpoint'] }, suffix]] }];
    expect(client?.Properties).toMatchObject({
      AllowedOAuthFlows: ['code'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['openid', 'email', 'profile'],
      CallbackURLs: at('/console/signed-in'),
      LogoutURLs: at('/'),
    });
    data.hasResourceProperties('AWS::Cognito::UserPoolDomain', { ManagedLoginVersion: 2 });
    api.hasResourceProperties('AWS::Cognito::ManagedLoginBranding', {
      ClientId: { Ref: id },
      UseCognitoProvidedValues: true,
    });
  });

  test('gives the function that serves the console nothing but what its page says', () => {
    const serving = all(api, 'AWS::Lambda::Function').find(({ Properties }) => variables(Properties).SIGN_IN_URL);
    expect(Object.keys(variables(serving?.Properties ?? {}))).toEqual([
      'USER_POOL_ISSUER',
      'APP_CLIENT_ID',
      'SIGN_IN_URL',
    ]);
    const [role] = (serving?.Properties.Role as { 'Fn::GetAtt'?: string[] } | undefined)?.['Fn::GetAtt'] ?? [];
    const policies = all(api, 'AWS::IAM::Policy').filter(({ Properties }) =>
      JSON.stringify(Properties.Roles).includes(`"${role}"`),
    );
    expect(policies).toEqual([]);
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
      JwtConfiguration: { Audience: [...people, ...machines].map(([Ref]) => ({ Ref })) },
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
  });

  test('has SES tell the default bus what became of a mail, and puts no trackers into mails', () => {
    mail.resourceCountIs('AWS::SES::ConfigurationSet', 1);
    mail.resourceCountIs('AWS::SES::ConfigurationSetEventDestination', 1);
    const [configurationSet] = Object.keys(mail.findResources('AWS::SES::ConfigurationSet'));
    mail.hasResourceProperties('AWS::SES::ConfigurationSetEventDestination', {
      ConfigurationSetName: { Ref: configurationSet },
      EventDestination: {
        Enabled: true,
        EventBridgeDestination: {
          EventBusArn: { 'Fn::Join': ['', Match.arrayWith([':event-bus/default'])] },
        },
        MatchingEventTypes: ['send', 'delivery', 'bounce', 'complaint', 'reject', 'renderingFailure', 'deliveryDelay'],
      },
    });
  });

  test('hands the events of its own configuration set, and no others, to the function that records them', () => {
    const [rule, ...others] = all(api, 'AWS::Events::Rule').filter(({ Properties }) => Properties.EventPattern);
    expect(others).toEqual([]);
    expect(rule?.Properties).toEqual({
      EventPattern: {
        source: ['aws.ses'],
        detail: {
          mail: {
            tags: {
              'ses:configuration-set': [
                { 'Fn::ImportValue': expect.stringMatching(/^Roster-\w+-Mail:ExportsOutputRefMails/) as unknown },
              ],
            },
          },
        },
      },
      State: 'ENABLED',
      Targets: [
        {
          Id: 'Target0',
          Arn: { 'Fn::GetAtt': [idOf('recordDelivery'), 'Arn'] },
          DeadLetterConfig: { Arn: { 'Fn::GetAtt': [deadLetters(), 'Arn'] } },
        },
      ],
    });
  });

  test('keeps what that function failed at too, for two weeks', () => {
    api.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: { Ref: idOf('recordDelivery') },
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [deadLetters(), 'Arn'] } } },
    });
    api.hasResourceProperties('AWS::SQS::Queue', { MessageRetentionPeriod: 14 * 24 * 60 * 60 });
  });

  test('has a function for operators that nothing is connected to', () => {
    const operate = idOf('operate');
    const namers = Object.entries(api.toJSON().Resources as Record<string, unknown>).filter(([, resource]) =>
      JSON.stringify(resource).includes(`"${operate}"`),
    );
    expect(namers).toEqual([]);
    expect(api.findOutputs('OperateFunction').OperateFunction).toMatchObject({ Value: { Ref: operate } });
  });

  test('lets the worker, and nobody else, send mails and ask how fast it may', () => {
    const policies = all(api, 'AWS::IAM::Policy').filter(({ Properties }) => /"ses:/.test(JSON.stringify(Properties)));
    expect(policies.map(({ Properties }) => Properties.PolicyName)).toEqual([expect.stringMatching(/^work/)]);
    api.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: 'ses:SendEmail' }),
          { Effect: 'Allow', Action: 'ses:GetAccount', Resource: '*' },
        ]),
      },
    });
  });

  test('tells its functions the limits of the stage', () => {
    const { inviteQuota, requestsPerSource } = findStage(stage);
    for (const { Properties } of all(api, 'AWS::Lambda::Function').filter(
      (each) => variables(each.Properties).TABLE_NAME,
    ))
      expect(Properties.Environment).toMatchObject({
        Variables: { INVITE_QUOTA: String(inviteQuota), REQUESTS_PER_SOURCE: String(requestsPerSource) },
      });
  });
});

test('a stage that there is not is refused by name', () => {
  expect(() => findStage('production')).toThrow('There is no stage "production". Stages: local, dev.');
});
