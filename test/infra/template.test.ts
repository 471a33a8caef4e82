import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { functionEntries } from '../../infra/constructs/bundle.ts';
import { findStage, stages, type Stage } from '../../infra/stages.ts';
import type { Route } from '../../shared/api/route.ts';
import { routeGroups } from '../../shared/api/routes.ts';
import { functionTimeoutSeconds } from '../../shared/limits.ts';
import { countedActions } from '../../shared/totals/counted-actions.ts';
import { all, appOf, rulesOfEvents, templatesOf, type Resource } from '../support/templates.ts';

const variables = (properties: Record<string, unknown>): Record<string, unknown> =>
  (properties.Environment as { Variables?: Record<string, unknown> } | undefined)?.Variables ?? {};

const keySchema = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: 'HASH' },
  { AttributeName: range, KeyType: 'RANGE' },
];
const keysOnly = { ProjectionType: 'KEYS_ONLY' };

describe.each(Object.values<Stage>(stages))('the template of stage $name', ({ name: stage, ...settings }) => {
  const { data, mail, api, console } = templatesOf(stage);
  const idOf = (name: string): string =>
    Object.keys(api.findResources('AWS::Lambda::Function')).find((id) => id.startsWith(name)) ?? '';
  const deadLettersOf = (name: string): string =>
    Object.keys(api.findResources('AWS::SQS::Queue')).find((id) => id.startsWith(name)) ?? '';
  const functions = [api, console, data].flatMap((template) => all(template, 'AWS::Lambda::Function'));
  const clients = Object.entries(api.findResources('AWS::Cognito::UserPoolClient')) as [string, Resource][];
  const [machines, people] = [true, false].map((wanted) =>
    clients.filter(([, { Properties }]) => (Properties.GenerateSecret === true) === wanted),
  ) as [[string, Resource][], [string, Resource][]];

  /**
   * "Routes per API: 300". Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
   */
  test('has every route of the table, authorized unless it is public, HEAD for each GET, and others for other methods', () => {
    const deployed = Object.fromEntries(
      [api, console]
        .flatMap((template) => all(template, 'AWS::ApiGatewayV2::Route'))
        .map(({ Properties }) => [Properties.RouteKey, Properties.AuthorizationType]),
    );
    const wanted = Object.values<Record<string, Route>>(routeGroups)
      .flatMap(Object.values<Route>)
      .flatMap(({ method, path: route, access }) => {
        const methods = method === 'GET' ? ['GET', 'HEAD'] : [method];
        return access === 'public'
          ? [...methods, 'ANY'].map((each) => [`${each} ${route}`, 'NONE'])
          : methods.map((each) => [`${each} ${route}`, 'JWT']);
      });
    expect(deployed).toEqual({ ...Object.fromEntries(wanted), 'ANY /v1/{proxy+}': 'JWT' });
    expect(Object.keys(deployed).length).toBeLessThan(300);
  });

  test('has only our own functions, on arm64 and Node 24, each with its own log and role', () => {
    expect(functions).toHaveLength(Object.keys(functionEntries).length);
    for (const { Properties } of functions)
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        TracingConfig: { Mode: 'Active' },
      });
    for (const name of ['Role', 'LoggingConfig']) {
      const distinct = new Set(functions.map(({ Properties }) => JSON.stringify(Properties[name])));
      expect(distinct.size).toBe(functions.length);
    }
    const elsewhere = Object.entries(templatesOf(stage)).filter(([name]) => !['api', 'console', 'data'].includes(name));
    for (const [, template] of elsewhere) expect(all(template, 'AWS::Lambda::Function')).toEqual([]);
  });

  test('keeps every log for the time that the stage defines', () => {
    for (const template of [api, console, data])
      for (const { Properties } of all(template, 'AWS::Logs::LogGroup'))
        expect(Properties.RetentionInDays).toBe(settings.logDays);
  });

  /**
   * A log group whose name is taken cannot be created, and a destroyed stage that keeps its data leaves its log groups behind. The
   * third part of a stack's id, `arn:aws:cloudformation:<region>:<account>:stack/<name>/<uuid>`, is new in each creation. Source:
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html, AWS::StackId.
   */
  test('gives every log a name with the stage, the function and a part of the id of the stack', () => {
    const stackPart = {
      'Fn::Select': [0, { 'Fn::Split': ['-', { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }] }],
    };
    const groups = [api, console, data].flatMap((template) => all(template, 'AWS::Logs::LogGroup'));
    expect(groups.map(({ Properties }) => Properties.LogGroupName)).toEqual(
      expect.arrayContaining(
        ['access', ...Object.keys(functionEntries)].map((name) => ({
          'Fn::Join': ['', [`/roster/${stage}/${name}-`, stackPart]],
        })),
      ),
    );
    // What a failed first deployment has created is deleted again, so that the next attempt finds the name free.
    for (const { DeletionPolicy, UpdateReplacePolicy } of groups as {
      DeletionPolicy?: string;
      UpdateReplacePolicy?: string;
    }[])
      expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(
        settings.keepsData ? ['RetainExceptOnCreate', 'Retain'] : ['Delete', 'Delete'],
      );
  });

  /**
   * A policy of a function has at most 20 KB, and the statement of a route has about 600 bytes. Source:
   * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, "Resource-based policy".
   */
  test('has one permission for each function with routes, which lets only this API invoke it', () => {
    const [httpApi] = Object.keys(api.findResources('AWS::ApiGatewayV2::Api'));
    const granted = [api, console]
      .flatMap((template) => all(template, 'AWS::Lambda::Permission'))
      .filter(({ Properties }) => Properties.Principal === 'apigateway.amazonaws.com');
    expect(granted).toHaveLength(Object.keys(routeGroups).length);
    expect(new Set(granted.map(({ Properties }) => JSON.stringify(Properties.FunctionName))).size).toBe(granted.length);
    for (const { Properties } of granted) {
      expect(JSON.stringify(Properties.SourceArn)).toMatch(/:execute-api:.*\/\*\/\*\/\*"/);
      expect(JSON.stringify(Properties.SourceArn)).toContain(httpApi);
    }
  });

  test('gives every function the timeout in shared/limits.ts', () => {
    for (const [name, seconds] of Object.entries(functionTimeoutSeconds)) {
      const own = [api, console, data].flatMap((template) =>
        Object.entries(template.findResources('AWS::Lambda::Function')).filter(([id]) =>
          new RegExp(`^${name}[0-9A-F]{8}$`).test(id),
        ),
      );
      expect(own.map(([, { Properties }]) => Properties.Timeout)).toEqual([seconds]);
    }
  });

  test('has one table with its five indexes, a stream, a time to live and point-in-time recovery', () => {
    data.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      KeySchema: keySchema('pk', 'sk'),
      // Written by hand, because the attributes of stored items must not change: an index with other keys would not find them.
      GlobalSecondaryIndexes: [
        { IndexName: 'gsi1', KeySchema: keySchema('gsi1pk', 'gsi1sk'), Projection: keysOnly },
        { IndexName: 'gsi2', KeySchema: keySchema('gsi2pk', 'gsi2sk'), Projection: keysOnly },
        { IndexName: 'gsi3', KeySchema: keySchema('gsi3pk', 'gsi3sk'), Projection: keysOnly },
        {
          IndexName: 'held',
          KeySchema: keySchema('heldPk', 'pk'),
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['poolId', 'monthlyCost'] },
        },
        { IndexName: 'due', KeySchema: keySchema('duePk', 'dueAt'), Projection: keysOnly },
      ],
      // One region only, because a DynamoDB transaction does not span regions.
      Replicas: [
        Match.objectLike({
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          DeletionProtectionEnabled: settings.keepsData,
        }),
      ],
    });
    data.resourceCountIs('AWS::DynamoDB::GlobalTable', 1);
  });

  test('has a user pool with sign-in by email address, in any case, and without self-registration', () => {
    data.hasResourceProperties('AWS::Cognito::UserPool', {
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      AutoVerifiedAttributes: ['email'],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
      MfaConfiguration: settings.mfa === 'optional' ? 'OPTIONAL' : 'OFF',
      // Only these plans run triggers of version 2, which add claims to access tokens.
      UserPoolTier: settings.threatProtection === 'off' ? 'ESSENTIALS' : 'PLUS',
      LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion: 'V2_0' } },
    });
  });

  /**
   * "Required attributes are always writable": Cognito refuses an app client whose `WriteAttributes` lack one.
   * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html, attribute permissions.
   */
  test('requires no attribute of an account that a client may not write', () => {
    const required = all(data, 'AWS::Cognito::UserPool').flatMap(({ Properties }) =>
      (Properties.Schema as { Name: string; Required?: boolean }[]).filter(({ Required }) => Required),
    );
    const written = [...all(api, 'AWS::Cognito::UserPoolClient'), ...all(data, 'AWS::Cognito::UserPoolClient')].flatMap(
      ({ Properties }) => (Properties.WriteAttributes === undefined ? [] : [Properties.WriteAttributes as string[]]),
    );
    expect(written.length).toBeGreaterThan(0);
    for (const attributes of written)
      expect(attributes).toEqual(expect.arrayContaining(required.map(({ Name }) => Name)));
  });

  test('keeps the table and the accounts when the stack is deleted, if the stage keeps its data', () => {
    for (const type of ['AWS::DynamoDB::GlobalTable', 'AWS::Cognito::UserPool'])
      for (const kept of Object.values(data.findResources(type)))
        expect(kept.DeletionPolicy).toBe(settings.keepsData ? 'Retain' : 'Delete');
    data.hasResourceProperties('AWS::Cognito::UserPool', {
      DeletionProtection: settings.keepsData ? 'ACTIVE' : 'INACTIVE',
    });
  });

  test('lets scripts sign in by password in the local stage only', () => {
    const flows = people[0]?.[1].Properties.ExplicitAuthFlows as string[];
    expect(flows.includes('ALLOW_USER_PASSWORD_AUTH')).toBe(stage === 'local');
  });

  test('lets people sign in to the console by authorization code, and sends them back to the stage’s address only', () => {
    const [[id, client] = ['', undefined], ...others] = people;
    expect(others).toEqual([]);
    const [httpApi] = Object.keys(api.findResources('AWS::ApiGatewayV2::Api'));
    const at = (suffix: string) => [
      settings.web
        ? `https://${settings.web.domain}${suffix}`
        : { 'Fn::Join': ['', [{ 'Fn::GetAtt': [httpApi, 'ApiEndpoint'] }, suffix]] },
    ];
    expect(client?.Properties).toMatchObject({
      AllowedOAuthFlows: ['code'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['openid', 'email', 'profile', 'aws.cognito.signin.user.admin'],
      CallbackURLs: at('/console/signed-in'),
      LogoutURLs: at('/'),
      WriteAttributes: ['name'],
      AccessTokenValidity: 15,
      RefreshTokenValidity: 30 * 24 * 60,
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 30 },
    });
    data.hasResourceProperties('AWS::Cognito::UserPoolDomain', { ManagedLoginVersion: 2 });
    api.hasResourceProperties('AWS::Cognito::ManagedLoginBranding', {
      ClientId: { Ref: id },
      UseCognitoProvidedValues: true,
    });
  });

  test('gives the console function only the settings that its page contains, and no access to data', () => {
    const [serving] = all(console, 'AWS::Lambda::Function');
    expect(Object.keys(variables(serving?.Properties ?? {}))).toEqual([
      'USER_POOL_ISSUER',
      'APP_CLIENT_ID',
      'SIGN_IN_URL',
      'POWERTOOLS_SERVICE_NAME',
    ]);
    const statements = all(console, 'AWS::IAM::Policy').flatMap(
      ({ Properties }) => (Properties.PolicyDocument as { Statement: { Action: string | string[] }[] }).Statement,
    );
    expect(statements.flatMap(({ Action }) => Action).filter((action) => !/^(logs|xray):/.test(action))).toEqual([]);
  });

  test('has an app client for each machine, with which only a machine can sign in', () => {
    expect(machines.map(([, { Properties }]) => Properties.ClientName)).toEqual([
      ...findStage(stage).machines,
      'canary',
    ]);
    expect(clients).toHaveLength(machines.length + 1);
    for (const [, { Properties }] of machines)
      expect(Properties).toMatchObject({
        AllowedOAuthFlows: ['client_credentials'],
        AllowedOAuthFlowsUserPoolClient: true,
        GenerateSecret: true,
        // The only flow that needs neither a password nor a code.
        ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      });
    api.hasResourceProperties('AWS::Cognito::UserPoolResourceServer', {
      Identifier: 'roster',
      Scopes: [Match.objectLike({ ScopeName: 'api' })],
    });
  });

  test('accepts the tokens of every app client', () => {
    const [authorizer] = all(api, 'AWS::ApiGatewayV2::Authorizer');
    expect(authorizer?.Properties).toMatchObject({
      JwtConfiguration: { Audience: [...people, ...machines].map(([Ref]) => ({ Ref })) },
    });
  });

  test('outputs the token address and the client ids of the machines, and no secret', () => {
    const outputs = { ...data.findOutputs('*'), ...api.findOutputs('*') };
    const domain = all(data, 'AWS::Cognito::UserPoolDomain');
    expect(domain[0]?.Properties.Domain).toEqual(
      settings.account
        ? `roster-${stage}-${settings.account}`
        : { 'Fn::Join': ['', [`roster-${stage}-`, { Ref: 'AWS::AccountId' }]] },
    );
    expect(JSON.stringify(outputs.TokenUrl)).toContain('.amazoncognito.com/oauth2/token');
    for (const [Ref, { Properties }] of machines)
      expect(outputs[`MachineClientId${String(Properties.ClientName)}`]).toMatchObject({ Value: { Ref } });
    expect(JSON.stringify(outputs)).not.toMatch(/secret/i);
  });

  test('starts the worker from the stream, for items with a `wake` attribute and changes of totals, and every minute', () => {
    api.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: 2,
      MaximumRecordAgeInSeconds: 300,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [deadLettersOf('WorkTriggers'), 'Arn'] } } },
      FilterCriteria: {
        Filters: [
          { Pattern: JSON.stringify({ dynamodb: { NewImage: { wake: { S: [{ exists: true }] } } } }) },
          {
            Pattern: JSON.stringify({
              eventName: ['INSERT'],
              dynamodb: { NewImage: { action: { S: countedActions } } },
            }),
          },
        ],
      },
    });
    api.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 minute)', State: 'ENABLED' });
  });

  test('has SES send delivery events to the default event bus, and tracks no opens and clicks', () => {
    mail.resourceCountIs('AWS::SES::ConfigurationSet', 1);
    mail.resourceCountIs('AWS::SES::ConfigurationSetEventDestination', 1);
    const [destination] = all(mail, 'AWS::SES::ConfigurationSetEventDestination');
    expect(JSON.stringify(destination)).toMatch(/"EventBusArn":.*:event-bus\/default"/);
    const [configurationSet] = Object.keys(mail.findResources('AWS::SES::ConfigurationSet'));
    mail.hasResourceProperties('AWS::SES::ConfigurationSetEventDestination', {
      ConfigurationSetName: { Ref: configurationSet },
      EventDestination: {
        Enabled: true,
        EventBridgeDestination: Match.anyValue(),
        MatchingEventTypes: ['send', 'delivery', 'bounce', 'complaint', 'reject', 'renderingFailure', 'deliveryDelay'],
      },
    });
  });

  test('passes only the events of its own configuration set to the function that records them', () => {
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
      Tags: expect.any(Array) as unknown,
      Targets: [
        {
          Id: 'Target0',
          Arn: { 'Fn::GetAtt': [idOf('recordDelivery'), 'Arn'] },
          DeadLetterConfig: { Arn: { 'Fn::GetAtt': [deadLettersOf('MailEvents'), 'Arn'] } },
        },
      ],
    });
  });

  test('keeps the events that this function could not record for two weeks', () => {
    api.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: { Ref: idOf('recordDelivery') },
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [deadLettersOf('MailEvents'), 'Arn'] } } },
    });
    for (const { Properties } of all(api, 'AWS::SQS::Queue'))
      expect(Properties.MessageRetentionPeriod).toBe(14 * 24 * 60 * 60);
  });

  test('lets an operator redrive the dead letters of this function', () => {
    api.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: { 'Fn::GetAtt': [deadLettersOf('MailEvents'), 'Arn'] },
      FunctionName: { Ref: idOf('recordDelivery') },
      Enabled: false,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  test('has a dead-letter queue for every event source, and no other queues', () => {
    const sources = all(api, 'AWS::Lambda::EventSourceMapping').filter(
      ({ Properties }) => Properties.Enabled !== false,
    );
    for (const { Properties } of sources) expect(Properties).toHaveProperty('DestinationConfig.OnFailure.Destination');
    for (const { Properties } of rulesOfEvents(api))
      for (const target of Properties.Targets as object[]) expect(target).toHaveProperty('DeadLetterConfig.Arn');
    expect(
      all(api, 'AWS::Lambda::EventInvokeConfig').filter(({ Properties }) => Properties.DestinationConfig),
    ).toHaveLength(2);
    expect(all(api, 'AWS::SQS::Queue')).toHaveLength(2);
  });

  /**
   * A limit of a route is one bucket for all clients: whoever uses it up locks out every invitee. Source:
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html, "Route-level throttling".
   */
  test('limits the requests of all clients together on the stage, and on no route', () => {
    api.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      DefaultRouteSettings: {
        ThrottlingRateLimit: settings.throttle.rate,
        ThrottlingBurstLimit: settings.throttle.burst,
      },
      RouteSettings: Match.absent(),
    });
  });

  test('logs the source, the route and the status of each request, and no path, header or body', () => {
    const [{ Properties } = { Properties: {} }] = all(api, 'AWS::ApiGatewayV2::Stage');
    const { Format } = Properties.AccessLogSettings as { Format: string };
    expect(Object.values(JSON.parse(Format) as object)).toEqual(
      [
        'requestId',
        'requestTime',
        'identity.sourceIp',
        'routeKey',
        'status',
        'responseLatency',
        'integrationLatency',
        'authorizer.error',
        'integrationErrorMessage',
      ].map((field) => `$context.${field}`),
    );
  });

  test('has SES sign the mails of the mail domain if there is one, and otherwise verify the sender address', () => {
    const { mailDomain, mailSender } = settings;
    mail.hasResourceProperties('AWS::SES::EmailIdentity', {
      EmailIdentity: mailDomain?.name ?? /<(.*)>/.exec(mailSender)?.[1],
      ...(mailDomain && { MailFromAttributes: { MailFromDomain: `bounces.${mailDomain.name}` } }),
    });
    const records = all(mail, 'AWS::Route53::RecordSet').map(({ Properties }) => Properties.Type);
    expect(records).toEqual(mailDomain ? ['CNAME', 'CNAME', 'CNAME', 'MX', 'TXT', 'TXT'] : []);
  });

  // Source: https://support.google.com/a/answer/81126, "Set up DMARC": required of senders of 5,000 mails a day, advised to all.
  test('has a DMARC record for the mail domain', () => {
    const { mailDomain } = settings;
    if (mailDomain)
      mail.hasResourceProperties('AWS::Route53::RecordSet', {
        Name: `_dmarc.${mailDomain.name}.`,
        ResourceRecords: [`"v=DMARC1; p=${mailDomain.dmarc}"`],
      });
  });

  test('deploys the stack Mail before Data if SES sends the codes for signing in', () => {
    const { stacks } = appOf(findStage(stage)).synth();
    const { dependencies } = stacks.find(({ stackName }) => stackName === `Roster-${stage}-Data`) ?? {};
    const before = (dependencies ?? []).some(({ id }) => id === `Roster-${stage}-Mail`);
    expect(before).toBe(settings.accountMails === 'ses');
  });

  test('sends the codes for signing in by SES if the stage keeps data', () => {
    const [{ Properties } = { Properties: {} }] = all(data, 'AWS::Cognito::UserPool');
    expect(Properties.EmailConfiguration).toMatchObject({
      EmailSendingAccount: settings.keepsData ? 'DEVELOPER' : 'COGNITO_DEFAULT',
    });
  });

  test('has a function for operators to which no other resource refers', () => {
    const operate = idOf('operate');
    const namers = Object.entries(api.toJSON().Resources as Record<string, unknown>).filter(([, resource]) =>
      JSON.stringify(resource).includes(`"${operate}"`),
    );
    expect(namers).toEqual([]);
    expect(api.findOutputs('OperateFunction').OperateFunction).toMatchObject({ Value: { Ref: operate } });
  });

  test('lets only the worker send mails and read the sending rate of the account', () => {
    const policies = all(api, 'AWS::IAM::Policy').filter(({ Properties }) => /"ses:/.test(JSON.stringify(Properties)));
    expect(policies.map(({ Properties }) => Properties.PolicyName)).toEqual([expect.stringMatching(/^work/)]);
    const statements = policies.flatMap(
      ({ Properties }) => (Properties.PolicyDocument as { Statement: { Action: string | string[] }[] }).Statement,
    );
    expect(statements.filter(({ Action }) => /ses:/.test(String(Action)))).toEqual([
      // They belong to no resource.
      {
        Effect: 'Allow',
        Action: ['ses:GetAccount', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
        Resource: '*',
      },
      // With the sender's address as the condition on the first, because SES also asks for the recipient's identity in the sandbox.
      expect.objectContaining({ Action: 'ses:SendEmail', Condition: expect.anything() as unknown }),
      expect.objectContaining({ Action: 'ses:SendEmail' }),
    ]);
  });

  test('passes the limits of the stage to its functions', () => {
    const { inviteQuota, requestsPerSource, fairUse } = findStage(stage);
    for (const { Properties } of all(api, 'AWS::Lambda::Function').filter(
      (each) => variables(each.Properties).TABLE_NAME,
    ))
      expect(Properties.Environment).toMatchObject({
        Variables: {
          INVITE_QUOTA: String(inviteQuota),
          REQUESTS_PER_SOURCE: String(requestsPerSource),
          FAIR_USE: String(fairUse),
        },
      });
  });
});

describe('concurrency is reserved', () => {
  const reserved = (settings: Partial<Stage>): Record<string, unknown> => {
    const { stacks } = appOf({ ...findStage('dev'), ...settings }).synth();
    const resources = stacks.flatMap(({ template }) =>
      Object.entries((template as { Resources: Record<string, Resource> }).Resources),
    );
    return Object.fromEntries(
      resources.flatMap(([id, { Properties }]) =>
        Properties?.ReservedConcurrentExecutions === undefined
          ? []
          : [[id.replace(/[0-9A-F]{8}$/, ''), Properties.ReservedConcurrentExecutions]],
      ),
    );
  };

  test('for no function of a committed stage, because a new account has none to reserve', () => {
    for (const { name } of Object.values<Stage>(stages)) expect(reserved({ ...findStage(name) })).toEqual({});
  });

  test('for the public functions and the worker, if the stage defines it', () => {
    expect(reserved({ publicConcurrency: 50 })).toEqual({ console: 50, accept: 50, platform: 50 });
    expect(reserved({ workerConcurrency: 2 })).toEqual({ work: 2 });
  });
});
