import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { findStage, type Stage } from '../../infra/stages.ts';
import { all, appOf, templatesOf } from '../support/templates.ts';

const { api, edge } = templatesOf('prod');

test('only a stage that asks for a domain has anything in front of API Gateway', () => {
  expect(Object.keys(templatesOf('dev'))).not.toContain('edge');
  expect(all(templatesOf('dev').api, 'AWS::SecretsManager::Secret')).toEqual([]);
});

describe('in front of prod', () => {
  test('stands CloudFront under the stage’s domain, with a certificate and a firewall of its own region', () => {
    edge?.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Aliases: ['roster.example.com'],
        ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only' },
        WebACLId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^FirewallAcl'), 'Arn'] },
        DefaultCacheBehavior: {
          // Managed: nothing is kept.
          CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
          ViewerProtocolPolicy: 'redirect-to-https',
        },
        CacheBehaviors: [Match.objectLike({ PathPattern: '/console/assets/*' })],
      },
    });
    edge?.hasResourceProperties('AWS::CertificateManager::Certificate', { DomainName: 'roster.example.com' });
    expect(all(edge as never, 'AWS::Route53::RecordSet').map(({ Properties }) => Properties.Type)).toEqual([
      'A',
      'AAAA',
    ]);
  });

  test('it proves itself to the functions with a secret that no template holds', () => {
    const [{ Properties: distribution } = { Properties: {} }] = all(edge as never, 'AWS::CloudFront::Distribution');
    expect(JSON.stringify(distribution)).toContain('{{resolve:secretsmanager:roster/prod/origin-1:SecretString:::}}');
    api.hasResourceProperties('AWS::SecretsManager::Secret', {
      Name: 'roster/prod/origin-1',
      ReplicaRegions: [{ Region: 'us-east-1' }],
    });
    for (const { Properties } of all(api, 'AWS::Lambda::Function'))
      expect(JSON.stringify(Properties.Environment)).toContain('{{resolve:secretsmanager:');
  });

  test('it passes the caller’s address and token on, and asks API Gateway by its own name', () => {
    const [{ Properties } = { Properties: {} }] = all(edge as never, 'AWS::CloudFront::Distribution');
    const { DefaultCacheBehavior, Origins } = Properties.DistributionConfig as {
      DefaultCacheBehavior: object;
      Origins: { DomainName: unknown }[];
    };
    // Managed: everything but the host.
    expect(DefaultCacheBehavior).toHaveProperty('OriginRequestPolicyId', 'b689b0a8-53d0-40ab-baf2-68738e2966ac');
    expect(JSON.stringify(Origins[0]?.DomainName)).toContain('"Fn::GetStackOutput"');
  });

  test('the firewall blocks sources that ask too much, and follows AWS’s rules but for long bodies', () => {
    edge?.hasResourceProperties('AWS::WAFv2::WebACL', {
      Scope: 'CLOUDFRONT',
      Rules: [
        Match.objectLike({
          Statement: {
            RateBasedStatement: { Limit: findStage('prod').web?.requestsPerSource, AggregateKeyType: 'IP' },
          },
        }),
        ...['AmazonIpReputationList', 'KnownBadInputsRuleSet', 'CommonRuleSet'].map((rules) =>
          Match.objectLike({
            Statement: { ManagedRuleGroupStatement: Match.objectLike({ Name: `AWSManagedRules${rules}` }) },
          }),
        ),
      ],
    });
  });
});

test('a new origin’s secret counts beside the one before, which CloudFront says until it is deployed too', () => {
  const prod = findStage('prod');
  const stacks = appOf({ ...prod, web: { ...(prod.web as NonNullable<Stage['web']>), originSecret: 3 } }).synth();
  const template = (name: string) => JSON.stringify(stacks.getStackByName(`Roster-prod-${name}`).template);
  expect(template('Edge')).toContain('{{resolve:secretsmanager:roster/prod/origin-3:SecretString:::}}');
  expect([...template('Api').matchAll(/"Name":"roster\/prod\/origin-(\d)"/g)].map(([, each]) => each)).toEqual([
    '3',
    '2',
  ]);
});

test('without a hosted zone the certificate is one that was made by hand, and the record to make is told', () => {
  const prod = findStage('prod');
  const certificateArn = 'arn:aws:acm:us-east-1:000000000000:certificate/1';
  const web = { ...(prod.web as NonNullable<Stage['web']>), hostedZone: undefined, certificateArn };
  const app = appOf({ ...prod, web });
  const stack = app.synth().getStackByName('Roster-prod-Edge').template as {
    Resources: Record<string, { Type: string }>;
    Outputs: object;
  };
  const types = Object.values(stack.Resources).map(({ Type }) => Type);
  expect(types).not.toContain('AWS::CertificateManager::Certificate');
  expect(types).not.toContain('AWS::Route53::RecordSet');
  expect(Object.keys(stack.Outputs)).toContain('DnsRecord');
});
