import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpStage, LogGroupLogDestination, type HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Stage } from '../stages.ts';
import { logsOf, NamedLog } from './named-log.ts';

interface OpenStageProps {
  stage: Stage;
  httpApi: HttpApi;
}

/** The fields of the access log. It has no path, header or body, because these contain tokens and addresses. */
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

/**
 * The stage of the API that clients call, with its limit and its access log. All clients share the limit. No route has its own
 * limit, because API Gateway would count the requests of all clients to that route together, so that one client could use up the
 * limit for everybody. The limits per source are in the firewall and, for public invite routes, in functions/http/source-limit.ts.
 */
export class OpenStage extends Construct {
  readonly accessLog: LogGroup;

  constructor(scope: Construct, id: string, { stage, httpApi }: OpenStageProps) {
    super(scope, id);
    this.accessLog = new NamedLog(this, 'AccessLog', { stage, name: `${logsOf(stage)}access` });
    new HttpStage(this, 'Stage', {
      httpApi,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: stage.throttle.rate, burstLimit: stage.throttle.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.accessLog),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
    });
  }
}
