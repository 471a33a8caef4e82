import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpStage,
  LogGroupLogDestination,
  type CfnRoute,
  type CfnStage,
  type HttpApi,
  type HttpRoute,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Stage } from '../stages.ts';

interface OpenStageProps {
  stage: Stage;
  httpApi: HttpApi;
  /** Routes that anybody may call, and that change something. */
  publicRoutes: HttpRoute[];
}

/** What a line of the access log tells. No path, header or body: they hold tokens and addresses. */
const accessLogFields = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  sourceIp: '$context.identity.sourceIp',
  routeKey: '$context.routeKey',
  status: '$context.status',
  responseLatency: '$context.responseLatency',
  integrationLatency: '$context.integrationLatency',
  authorizerError: '$context.authorizer.error',
  integrationError: '$context.integrationErrorMessage',
};

/** How the API is open to the world: its limits, and the log of who called. */
export class OpenStage extends Construct {
  readonly accessLog: LogGroup;

  constructor(scope: Construct, id: string, { stage, httpApi, publicRoutes }: OpenStageProps) {
    super(scope, id);
    this.accessLog = new LogGroup(this, 'AccessLog', {
      retention: stage.logDays,
      removalPolicy: stage.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const httpStage = new HttpStage(this, 'Stage', {
      httpApi,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: stage.throttle.rate, burstLimit: stage.throttle.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.accessLog),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
    });
    const { rate, burst } = stage.publicThrottle;
    const settings = httpStage.node.defaultChild as CfnStage;
    const routes = publicRoutes.map(({ node }) => node.defaultChild as CfnRoute);
    settings.routeSettings = Object.fromEntries(
      routes.map(({ routeKey }) => [routeKey, { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst }]),
    );
    // API Gateway takes settings of routes that are there already.
    for (const route of routes) settings.addResourceDependency(route);
  }
}
