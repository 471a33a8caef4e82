import path from 'node:path';
import { Duration, Stack, Validations } from 'aws-cdk-lib/core';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { functionMemoryMegabytes, functionTimeoutSeconds } from '../../shared/limits.ts';
import type { Stage } from '../stages.ts';
import type { FunctionName } from './bundle.ts';
import { logsOf, NamedLog } from './named-log.ts';

export interface NodeFunctionProps {
  stage: Stage;
  /** The directory of the functions' bundles. */
  bundles: string;
  /** The name of the bundle in that directory. */
  entry: FunctionName;
  environment: Record<string, string>;
  /** The reserved concurrency, which is also the maximum. */
  concurrency?: number | undefined;
}

/** The service name in the metrics of a stage's functions. */
export const serviceOf = ({ name }: Stage): string => `roster-${name}`;

/** A Lambda function with its own log and role. At first, the role allows only writing to that log. */
export class NodeFunction extends Function {
  constructor(scope: Construct, id: string, { stage, bundles, entry, environment, concurrency }: NodeFunctionProps) {
    const own = new Construct(scope, `${id}Own`);
    const logGroup = new NamedLog(own, 'Log', { stage, name: `${logsOf(stage)}${entry}` });
    const role = new Role(own, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `Of the function ${entry} of ${Stack.of(scope).stackName}`,
    });
    logGroup.grantWrite(role);
    super(scope, id, {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(path.join(bundles, entry)),
      memorySize: functionMemoryMegabytes,
      environment: {
        ...environment,
        POWERTOOLS_SERVICE_NAME: serviceOf(stage),
      },
      timeout: Duration.seconds(functionTimeoutSeconds[entry]),
      role,
      logGroup,
      tracing: Tracing.ACTIVE,
      ...(concurrency !== undefined && { reservedConcurrentExecutions: concurrency }),
    });
    Validations.of(own).acknowledge(
      {
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason: 'X-Ray’s segments and SES’s GetAccount belong to no resource.',
      },
      {
        // The partition is known if the region is.
        id: `AwsSolutions-IAM5[Resource::arn:${stage.region ? Stack.of(this).partition : '<AWS::Partition>'}:ses:${stage.region ?? '<AWS::Region>'}:${stage.account ?? '<AWS::AccountId>'}:identity/*]`,
        reason: 'SES asks for the identities of recipients too. A condition allows one sender only.',
      },
    );
    Validations.of(this).acknowledge({
      id: 'Serverless-LambdaDLQ',
      reason:
        'API Gateway waits for the answer; what is invoked without waiting has a destination for failures instead.',
    });
  }
}
