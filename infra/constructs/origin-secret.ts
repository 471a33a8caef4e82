import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { SecretValue, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Stage } from '../stages.ts';

/** Where CloudFront takes certificates, firewalls and their settings from, wherever else the application is. */
export const edgeRegion = 'us-east-1';

const nameFor = ({ name }: Stage, generation: number): string => `roster/${name}/origin-${generation}`;

/**
 * What CloudFront says to the API to prove that a request came through it: made here, and copied to CloudFront’s region. The
 * one before counts too, since CloudFront says it until its own stack is deployed. With commas between.
 */
export const originSecrets = (scope: Construct, stage: Stage, generation: number): string =>
  [generation, generation - 1]
    .filter((each) => each > 0)
    .map((each) => secretOf(scope, stage, each).unsafeUnwrap())
    .join(',');

const secretOf = (scope: Construct, stage: Stage, generation: number): SecretValue => {
  const secret = new Secret(scope, `OriginSecret${generation}`, {
    secretName: nameFor(stage, generation),
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

/** The one that counts, in a stack of CloudFront's region. */
export const originSecretAtTheEdge = (stage: Stage, generation: number): SecretValue =>
  SecretValue.secretsManager(nameFor(stage, generation));
