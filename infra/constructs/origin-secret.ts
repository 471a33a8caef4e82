import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { SecretValue, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Stage } from '../stages.ts';

/** Where CloudFront takes certificates, firewalls and their settings from, wherever else the application is. */
export const edgeRegion = 'us-east-1';

const nameFor = ({ name }: Stage): string => `roster/${name}/origin`;

/** What CloudFront says to the API to prove that a request came through it: made here, and copied to CloudFront’s region. */
export const originSecret = (scope: Construct, stage: Stage): SecretValue => {
  const secret = new Secret(scope, 'OriginSecret', {
    secretName: nameFor(stage),
    description: 'CloudFront proves with it that a request came through it',
    generateSecretString: { excludePunctuation: true, passwordLength: 48 },
    ...(stage.region !== edgeRegion && { replicaRegions: [{ region: edgeRegion }] }),
  });
  Validations.of(secret).acknowledge({
    id: 'AwsSolutions-SMG4',
    reason:
      'CloudFront and the functions learn a new one at a deployment only: it is rotated by hand, see the runbooks.',
  });
  return secret.secretValue;
};

/** The same in a stack of CloudFront's region. */
export const originSecretAtTheEdge = (stage: Stage): SecretValue => SecretValue.secretsManager(nameFor(stage));
