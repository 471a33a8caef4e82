import { ConfigurationSet } from 'aws-cdk-lib/aws-ses';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** How mails leave. */
export class MailStack extends Stack {
  readonly configurationSet: ConfigurationSet;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.configurationSet = new ConfigurationSet(this, 'Mails', { reputationMetrics: true });
  }
}
