import { OidcProviderNative, PolicyStatement, Role, WebIdentityPrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnOutput, DefaultStackSynthesizer, Duration, Stack, Validations, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { edgeRegion } from '../constructs/origin-secret.ts';
import type { Stage } from '../stages.ts';

interface DeliveryStackProps extends StackProps {
  stage: Stage;
  delivery: NonNullable<Stage['delivery']>;
}

const github = 'token.actions.githubusercontent.com';

/**
 * The roles that the workflow of .github/workflows assumes, by GitHub's OpenID Connect tokens instead of stored keys. An operator
 * deploys this stack once with their own credentials, together with the first deployment of the stage.
 */
export class DeliveryStack extends Stack {
  constructor(scope: Construct, id: string, { stage, delivery, ...props }: DeliveryStackProps) {
    super(scope, id, { ...props, terminationProtection: stage.keepsData });
    const provider =
      delivery.providerArn === undefined
        ? new OidcProviderNative(this, 'GitHub', { url: `https://${github}`, clientIds: ['sts.amazonaws.com'] })
        : OidcProviderNative.fromOidcProviderArn(this, 'GitHub', delivery.providerArn);

    const qualifier = DefaultStackSynthesizer.DEFAULT_QUALIFIER;
    const roles = `arn:${this.partition}:iam::${this.account}:role`;
    const regions = [...new Set([this.region, ...(stage.web ? [edgeRegion] : [])])];

    /** A role for jobs of the repository whose token has this subject. In turn, it may assume roles that `cdk bootstrap` created. */
    const roleFor = (name: string, subject: string, bootstrapRoles: string[], actions: string[]): Role => {
      const role = new Role(this, name, {
        // Source: https://docs.github.com/en/actions/reference/security/oidc, "Example subject claims".
        assumedBy: new WebIdentityPrincipal(provider.openIdConnectProviderArn, {
          StringEquals: {
            [`${github}:aud`]: 'sts.amazonaws.com',
            [`${github}:sub`]: `repo:${delivery.repository}:${subject}`,
          },
        }),
        maxSessionDuration: Duration.hours(1),
      });
      role.addToPolicy(
        new PolicyStatement({
          actions: ['sts:AssumeRole'],
          resources: bootstrapRoles.flatMap((each) =>
            regions.map((region) => `${roles}/cdk-${qualifier}-${each}-role-${this.account}-${region}`),
          ),
        }),
      );
      role.addToPolicy(new PolicyStatement({ actions, resources: ['*'] }));
      Validations.of(role).acknowledge({
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason: 'These actions only read, and the quotas of an account belong to no resource.',
      });
      return role;
    };
    const deploy = roleFor(
      'Deploy',
      `environment:${stage.name}`,
      ['deploy', 'file-publishing', 'lookup'],
      // `npm run deploy` and `npm run smoke` call these themselves, without a role of `cdk bootstrap`.
      ['cloudformation:DescribeStacks', 'lambda:GetAccountSettings', 'ses:GetAccount', 'ses:GetEmailIdentity'],
    );
    const diff = roleFor('Diff', 'ref:refs/heads/main', ['lookup'], ['cloudformation:DescribeStacks']);
    new CfnOutput(this, 'DeployRole', { value: deploy.roleArn });
    new CfnOutput(this, 'DiffRole', { value: diff.roleArn });
  }
}
