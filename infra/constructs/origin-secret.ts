import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { SecretValue, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Stage } from '../stages.ts';

/** CloudFront requires its certificates and firewalls to be in this region, whatever the region of the application. */
export const edgeRegion = 'us-east-1';

const nameFor = ({ name }: Stage, generation: number): string => `roster/${name}/origin-${generation}`;

/**
 * The secrets with which CloudFront proves to the API that a request came through it, separated by commas. They are created here
 * and replicated to CloudFront’s region. The previous secret is valid too, because CloudFront sends it until its stack is deployed.
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

/** The current secret, for a stack in CloudFront's region. */
export const originSecretAtTheEdge = (stage: Stage, generation: number): SecretValue =>
  SecretValue.secretsManager(nameFor(stage, generation));
