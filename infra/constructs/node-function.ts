import path from 'node:path';
import type { Duration } from 'aws-cdk-lib/core';
import { Architecture, Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

export interface NodeFunctionProps {
  /** The directory of the functions' bundles. */
  bundles: string;
  /** The bundle's name there. */
  entry: string;
  environment: Record<string, string>;
  timeout: Duration;
}

/** A Lambda function of ours. */
export class NodeFunction extends Function {
  constructor(scope: Construct, id: string, { bundles, entry, environment, timeout }: NodeFunctionProps) {
    super(scope, id, {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(path.join(bundles, entry)),
      memorySize: 512,
      environment,
      timeout,
    });
  }
}
