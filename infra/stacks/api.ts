import { CfnOutput, Duration, Stack } from 'aws-cdk-lib/core';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import type { UserPool } from 'aws-cdk-lib/aws-cognito';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { ConfigurationSet } from 'aws-cdk-lib/aws-ses';
import type { Construct } from 'constructs';
import { routeGroups } from '../../shared/api/routes.ts';
import { Machines } from '../constructs/machines.ts';
import { MailEvents } from '../constructs/mail-events.ts';
import { NodeFunction } from '../constructs/node-function.ts';
import { RoutedApi } from '../constructs/routed-api.ts';
import { WebConsole } from '../constructs/web-console.ts';
import type { Stage } from '../stages.ts';

interface ApiStackProps {
  stage: Stage;
  bundles: string;
  table: TableV2;
  userPool: UserPool;
  /** Without a slash at the end. */
  signInUrl: string;
  mail: ConfigurationSet;
}

/** Functions that write in many transactions, one after another: as long as API Gateway waits. The others are quick or have failed. */
const manyWrites = new Set(['invites', 'resources']);

/** What functions ask of the user directory. */
const directoryActions: Record<string, string[]> = {
  me: ['cognito-idp:AdminGetUser', 'cognito-idp:AdminUpdateUserAttributes'],
  organizations: ['cognito-idp:AdminGetUser'],
  accept: ['cognito-idp:AdminGetUser', 'cognito-idp:AdminCreateUser', 'cognito-idp:AdminSetUserPassword'],
  serviceAccounts: ['cognito-idp:DescribeUserPoolClient'],
};

/** What executes: the HTTP API, its functions, the worker with what wakes it, and what hears of mails and of operators. */
export class ApiStack extends Stack {
  constructor(scope: Construct, id: string, { stage, bundles, table, userPool, signInUrl, mail }: ApiStackProps) {
    super(scope, id);
    // Beside the authorizer that names them: what another stack exports cannot be taken away while it is used here.
    const { clientIds } = new Machines(this, 'Machines', { userPool, names: stage.machines });
    const httpApi = new HttpApi(this, 'Api', { apiName: `roster-${stage.name}`, createDefaultStage: true });
    const webConsole = new WebConsole(this, 'Console', {
      stage,
      bundles,
      userPool,
      signInUrl,
      url: httpApi.apiEndpoint,
    });
    const environment = {
      STAGE: stage.name,
      TABLE_NAME: table.tableName,
      USER_POOL_ID: userPool.userPoolId,
      BASE_URL: httpApi.apiEndpoint,
      MAIL_SENDER: stage.mailSender,
      MAIL_CONFIGURATION_SET: mail.configurationSetName,
      INVITE_SUBJECT: stage.inviteSubject,
      INVITE_QUOTA: String(stage.inviteQuota),
      REQUESTS_PER_SOURCE: String(stage.requestsPerSource),
    };
    const functionOf = (entry: string, timeout: Duration): NodeFunction => {
      const handler = new NodeFunction(this, entry, { bundles, entry, environment, timeout });
      table.grantReadWriteData(handler);
      return handler;
    };
    const authorizer = new HttpJwtAuthorizer('SignedIn', userPool.userPoolProviderUrl, {
      jwtAudience: [webConsole.client.userPoolClientId, ...Object.values(clientIds)],
    });

    const api = new RoutedApi(this, 'Routes', { httpApi, authorizer });
    const { console: consoleRows, ...apiGroups } = routeGroups;
    api.serve(consoleRows, webConsole.handler);
    for (const [name, rows] of Object.entries(apiGroups)) {
      const handler = functionOf(name, Duration.seconds(manyWrites.has(name) ? 29 : 10));
      const actions = directoryActions[name] ?? [];
      if (actions.length > 0) userPool.grant(handler, ...actions);
      api.serve(rows, handler);
      if (name === 'platform') api.serveUnrouted(handler);
    }

    const worker = functionOf('work', Duration.seconds(60));
    userPool.grant(worker, 'cognito-idp:AdminUserGlobalSignOut');
    worker.addToRolePolicy(
      new PolicyStatement({
        actions: ['ses:SendEmail'],
        resources: [
          this.formatArn({ service: 'ses', resource: 'identity', resourceName: '*' }),
          this.formatArn({ service: 'ses', resource: 'configuration-set', resourceName: mail.configurationSetName }),
        ],
      }),
    );
    // The account's sending rate belongs to no resource.
    worker.addToRolePolicy(new PolicyStatement({ actions: ['ses:GetAccount'], resources: ['*'] }));
    worker.addEventSource(
      new DynamoEventSource(table, {
        startingPosition: StartingPosition.LATEST,
        batchSize: 1000,
        retryAttempts: 2,
        filters: [FilterCriteria.filter({ dynamodb: { NewImage: { wake: { S: FilterRule.exists() } } } })],
      }),
    );
    new Rule(this, 'EveryMinute', {
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(worker)],
    });

    new MailEvents(this, 'MailEvents', {
      configurationSet: mail,
      handler: functionOf('recordDelivery', Duration.seconds(10)),
    });
    // Nothing calls it: it is for operators who may `lambda:InvokeFunction`.
    const operate = functionOf('operate', Duration.seconds(30));

    new CfnOutput(this, 'OperateFunction', { value: operate.functionName });
    new CfnOutput(this, 'Url', { value: httpApi.apiEndpoint });
    new CfnOutput(this, 'AppClientId', { value: webConsole.client.userPoolClientId });
    for (const [name, value] of Object.entries(clientIds))
      new CfnOutput(this, `MachineClientId-${name}`, { value, description: `The client id of the machine "${name}".` });
  }
}
