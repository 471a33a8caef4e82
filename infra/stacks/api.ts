import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import type { UserPool } from 'aws-cdk-lib/aws-cognito';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { ConfigurationSet } from 'aws-cdk-lib/aws-ses';
import type { Construct } from 'constructs';
import type { Route } from '../../shared/api/route.ts';
import { routeGroups } from '../../shared/api/routes.ts';
import { canaryMachine } from '../../shared/canary-organization.ts';
import type { FunctionName } from '../constructs/bundle.ts';
import { GradualRelease } from '../constructs/gradual-release.ts';
import { grantPermissions } from '../constructs/grant-permissions.ts';
import { Machines } from '../constructs/machines.ts';
import { MailEvents } from '../constructs/mail-events.ts';
import { NodeFunction } from '../constructs/node-function.ts';
import { OpenStage } from '../constructs/open-stage.ts';
import { originSecrets } from '../constructs/origin-secret.ts';
import { PeopleClient } from '../constructs/people-client.ts';
import { RoutedApi } from '../constructs/routed-api.ts';
import { SavedQueries } from '../constructs/saved-queries.ts';
import { scheduleCanary } from '../constructs/schedule-canary.ts';
import { WorkTriggers } from '../constructs/work-triggers.ts';
import { senderOf } from '../mail-sender.ts';
import { permissions } from '../permissions.ts';
import { publicFunctions } from '../public-functions.ts';
import type { Stage } from '../stages.ts';

interface ApiStackProps extends StackProps {
  stage: Stage;
  bundles: string;
  table: TableV2;
  userPool: UserPool;
  /** Without a slash at the end. */
  signInUrl: string;
  configurationSet: ConfigurationSet;
}

/** The HTTP API with its functions, the worker with its triggers, and the functions for email events and operators. */
export class ApiStack extends Stack {
  readonly httpApi: HttpApi;
  readonly openStage: OpenStage;
  readonly authorizer: HttpJwtAuthorizer;
  readonly client: PeopleClient;
  readonly mailEvents: MailEvents;
  readonly workTriggers: WorkTriggers;

  constructor(scope: Construct, id: string, props: ApiStackProps) {
    super(scope, id, props);
    const { stage, bundles, table, userPool, signInUrl, configurationSet } = props;
    // In the same stack as the authorizer that refers to them, because a stack cannot remove an export that another stack uses.
    const { clientIds } = new Machines(this, 'Machines', {
      userPool,
      names: [...stage.machines, canaryMachine],
    });
    this.httpApi = new HttpApi(this, 'Api', { apiName: `roster-${stage.name}`, createDefaultStage: false });
    const url = stage.web ? `https://${stage.web.domain}` : this.httpApi.apiEndpoint;
    this.client = new PeopleClient(this, 'Client', { userPool, passwordSignIn: stage.passwordSignIn, url });
    const environment = {
      TABLE_NAME: table.tableName,
      USER_POOL_ID: userPool.userPoolId,
      BASE_URL: url,
      MAIL_SENDER: stage.mailSender,
      MAIL_CONFIGURATION_SET: configurationSet.configurationSetName,
      INVITE_SUBJECT: stage.inviteSubject,
      INVITE_QUOTA: String(stage.inviteQuota),
      INVITE_QUOTA_START: String(stage.inviteQuotaStart),
      REQUESTS_PER_SOURCE: String(stage.requestsPerSource),
      FAIR_USE: String(stage.fairUse),
      ...(stage.sendFence && { SEND_FENCE: stage.sendFence }),
    };
    const originSecret = stage.web && { ORIGIN_SECRETS: originSecrets(this, stage, stage.web.originSecret) };
    const granted = {
      table,
      userPool,
      mail: {
        sender: senderOf(stage.mailSender).address,
        configurationSet: this.formatArn({
          service: 'ses',
          resource: 'configuration-set',
          resourceName: configurationSet.configurationSetName,
        }),
      },
    };
    const functions: NodeFunction[] = [];
    const functionOf = (
      entry: FunctionName,
      { concurrency, variables }: { concurrency?: number | undefined; variables?: Record<string, string> } = {},
    ): NodeFunction => {
      const handler = new NodeFunction(this, entry, {
        stage,
        bundles,
        entry,
        // Only requests that come through API Gateway can have passed CloudFront.
        environment: { ...environment, ...(entry in routeGroups && originSecret), ...variables },
        concurrency,
      });
      grantPermissions(handler, permissions[entry], granted);
      functions.push(handler);
      return handler;
    };
    this.authorizer = new HttpJwtAuthorizer('SignedIn', userPool.userPoolProviderUrl, {
      jwtAudience: [this.client.userPoolClientId, ...Object.values(clientIds)],
    });

    const api = new RoutedApi(this, 'Routes', { httpApi: this.httpApi, authorizer: this.authorizer });
    const { trafficShift } = stage;
    const release = trafficShift && new GradualRelease(this, 'Release', { stage, trafficShift, httpApi: this.httpApi });
    const { console: _servedByTheConsoleStack, ...apiGroups } = routeGroups;
    for (const [name, rows] of Object.entries(apiGroups) as [keyof typeof apiGroups, Record<string, Route>][]) {
      const handler = functionOf(name, {
        concurrency: publicFunctions.has(name) ? stage.publicConcurrency : undefined,
        // The OpenAPI document states where machines get their tokens.
        variables: name === 'platform' ? { SIGN_IN_URL: signInUrl } : undefined,
      });
      const invoked = release?.of(handler) ?? handler;
      api.serve(rows, invoked);
      if (name === 'platform') api.serveUnrouted(invoked);
    }
    this.openStage = new OpenStage(this, 'Open', { stage, httpApi: this.httpApi });

    const worker = functionOf('work', { concurrency: stage.workerConcurrency });
    this.workTriggers = new WorkTriggers(this, 'WorkTriggers', { table, worker });

    this.mailEvents = new MailEvents(this, 'MailEvents', {
      configurationSet,
      handler: functionOf('recordDelivery'),
    });
    // Nothing in the application invokes it. It is for operators with the permission `lambda:InvokeFunction`.
    const operate = functionOf('operate');

    const canary = functionOf('canary', {
      variables: { CANARY_CLIENT_ID: clientIds[canaryMachine] ?? '', SIGN_IN_URL: signInUrl },
    });
    if (stage.canary) scheduleCanary(canary);

    new SavedQueries(this, 'Queries', {
      stage,
      functionLogs: functions.map(({ logGroup }) => logGroup),
      accessLog: this.openStage.accessLog,
    });
    new CfnOutput(this, 'Url', { value: url });
    new CfnOutput(this, 'ApiEndpoint', { value: this.httpApi.apiEndpoint });
    new CfnOutput(this, 'ApiHost', { value: `${this.httpApi.apiId}.execute-api.${this.region}.${this.urlSuffix}` });
    new CfnOutput(this, 'OperateFunction', { value: operate.functionName });
    new CfnOutput(this, 'AppClientId', { value: this.client.userPoolClientId });
    new CfnOutput(this, 'MailEventsDeadLetters', { value: this.mailEvents.deadLetters.queueUrl });
    new CfnOutput(this, 'WorkDeadLetters', { value: this.workTriggers.deadLetters.queueUrl });
    for (const [name, value] of Object.entries(clientIds))
      new CfnOutput(this, `MachineClientId-${name}`, { value, description: `The client id of the machine "${name}".` });
  }
}
