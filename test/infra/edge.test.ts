import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { callsPerPageLoadMax, findStage, pageLoadsPerSourceMin, type Stage } from '../../infra/stages.ts';
import { routeGroups } from '../../shared/api/routes.ts';
import { cursorLettersMax, requestBodyBytesMax, searchLettersMax } from '../../shared/limits.ts';
import { all, appOf, templatesOf } from '../support/templates.ts';

const { api, edge } = templatesOf('prod');
const prod = findStage('prod');
const prodWeb = prod.web as NonNullable<Stage['web']>;

interface FirewallRule {
  Name: string;
  Priority: number;
  Statement: Record<string, unknown>;
  VisibilityConfig: { MetricName: string };
}

const firewallRules = (): FirewallRule[] =>
  all(edge as never, 'AWS::WAFv2::WebACL').flatMap(({ Properties }) => Properties.Rules as FirewallRule[]);

const statementOf = (name: string): Record<string, unknown> =>
  firewallRules().find(({ Name }) => Name === name)?.Statement ?? {};

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

  test('CloudFront caches the console’s files, which nothing else may change', () => {
    edge?.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        CacheBehaviors: [
          {
            PathPattern: '/console/assets/*',
            // Managed: a file is kept as long as its `Cache-Control` says, by path and encoding and without the query.
            CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
            OriginRequestPolicyId: Match.absent(),
            TargetOriginId: Match.anyValue(),
            ViewerProtocolPolicy: 'redirect-to-https',
            Compress: true,
          },
        ],
      },
    });
  });

  /**
   * "CloudFront always caches" these errors, for 10 seconds by default, and "ignores no-store" for most of them: one throttled file
   * would fail for everybody, and be the answer to whoever tries again. Sources:
   * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html and custom-error-pages-expiration.html
   */
  test('CloudFront passes errors on and caches none', () => {
    const [{ Properties } = { Properties: {} }] = all(edge as never, 'AWS::CloudFront::Distribution');
    expect((Properties.DistributionConfig as { CustomErrorResponses: unknown }).CustomErrorResponses).toEqual(
      [404, 414, 500, 501, 502, 503, 504].map((ErrorCode) => ({ ErrorCode, ErrorCachingMinTTL: 0 })),
    );
  });

  test('it proves itself to the functions with a secret that no template holds', () => {
    const [{ Properties: distribution } = { Properties: {} }] = all(edge as never, 'AWS::CloudFront::Distribution');
    expect(JSON.stringify(distribution)).toContain('{{resolve:secretsmanager:roster/prod/origin-1:SecretString:::}}');
    api.hasResourceProperties('AWS::SecretsManager::Secret', {
      Name: 'roster/prod/origin-1',
      ReplicaRegions: [{ Region: 'us-east-1' }],
    });
  });

  test('only functions that API Gateway calls know the secret', () => {
    const knowing = Object.entries(api.findResources('AWS::Lambda::Function'))
      .filter(([, { Properties }]) => JSON.stringify(Properties.Environment).includes('{{resolve:secretsmanager:'))
      .map(([id]) => id.replace(/[0-9A-F]{8}$/, ''));
    // The console's function serves files without data, and is in a stack of its own.
    expect(knowing.toSorted()).toEqual(
      Object.keys(routeGroups)
        .filter((name) => name !== 'console')
        .toSorted(),
    );
  });

  test('it passes the caller’s address and token on, and asks API Gateway by its own name', () => {
    const [{ Properties } = { Properties: {} }] = all(edge as never, 'AWS::CloudFront::Distribution');
    const { DefaultCacheBehavior, Origins } = Properties.DistributionConfig as {
      DefaultCacheBehavior: object;
      Origins: { DomainName: unknown }[];
    };
    // Managed: everything but the host.
    expect(DefaultCacheBehavior).toHaveProperty('OriginRequestPolicyId', 'b689b0a8-53d0-40ab-baf2-68738e2966ac');
    // Whether this function may be nested in others is not documented for every one of them, so it stands alone.
    expect(Origins[0]?.DomainName).toEqual({
      'Fn::GetStackOutput': { StackName: 'Roster-prod-Api', OutputName: 'ApiHost', Region: prod.region },
    });
    const [apiId] = Object.keys(api.findResources('AWS::ApiGatewayV2::Api'));
    expect(api.findOutputs('ApiHost').ApiHost).toMatchObject({
      Value: { 'Fn::Join': ['', [{ Ref: apiId }, '.execute-api.eu-west-1.', { Ref: 'AWS::URLSuffix' }]] },
    });
  });

  test('the firewall evaluates its limits first, then the rules of AWS', () => {
    const rules = firewallRules();
    expect(rules.map(({ Name }) => Name)).toEqual([
      'InviteRequestsPerSource',
      'RequestsPerSource',
      'AWSManagedRulesAmazonIpReputationList',
      'AWSManagedRulesKnownBadInputsRuleSet',
      'AWSManagedRulesCommonRuleSet',
    ]);
    expect(rules.map(({ Priority }) => Priority)).toEqual(rules.map((_, index) => index));
  });

  /**
   * People in one office share an address, and loading pages must not lock them out. Files from CloudFront's cache do not count.
   * "AWS WAF checks the rate [...] Valid settings are 60, 120, 300 and 600", and the lowest limit is 10. Source:
   * https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-high-level-settings.html
   */
  test('the firewall limits the requests of each source to functions, but not to cached files', () => {
    const { RateBasedStatement: limit } = statementOf('RequestsPerSource');
    expect(limit).toMatchObject({
      Limit: prodWeb.requestsPerSource,
      EvaluationWindowSec: 300,
      AggregateKeyType: 'IP',
      ScopeDownStatement: {
        NotStatement: {
          Statement: { ByteMatchStatement: { SearchString: '/console/assets/', PositionalConstraint: 'STARTS_WITH' } },
        },
      },
    });
    expect(prodWeb.requestsPerSource).toBeGreaterThanOrEqual(pageLoadsPerSourceMin * (1 + callsPerPageLoadMax));
  });

  test('the firewall limits each source at the invite pages and routes, above the limit of the functions', () => {
    const { RateBasedStatement: limit } = statementOf('InviteRequestsPerSource');
    expect(limit).toMatchObject({ EvaluationWindowSec: 60, AggregateKeyType: 'IP' });
    const paths = [...JSON.stringify(limit).matchAll(/"SearchString":"([^"]+)"/g)].map(([, path]) => path ?? '');
    const covered = Object.values(routeGroups.accept).filter(({ path }) => paths.some((each) => path.startsWith(each)));
    expect(covered).toEqual(Object.values(routeGroups.accept));
    // An invitee loads the page (which the functions do not count), looks the invite up, and accepts it.
    expect((limit as { Limit: number }).Limit).toBeGreaterThan((3 / 2) * prod.requestsPerSource);
  });

  test('no spelling of a path evades a limit', () => {
    const matches = [...JSON.stringify(firewallRules()).matchAll(/"TextTransformations":(\[.*?\])/g)];
    expect(matches).toHaveLength(3);
    for (const [, transformations = ''] of matches)
      expect((JSON.parse(transformations) as { Type: string }[]).map(({ Type }) => Type)).toEqual([
        'URL_DECODE',
        'NORMALIZE_PATH',
      ]);
  });

  /**
   * What each rule of the core rule set blocks, by its description in
   * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html: bodies over 8 KB, query strings
   * over 2,048 bytes, URLs with IPv4 addresses, attempts to read instance metadata, path traversal and scripts in bodies, and
   * requests without `User-Agent`. A batch of 100 resources contains all of the former in tags.
   */
  test('the firewall lets through what the API accepts', () => {
    const { ManagedRuleGroupStatement: group } = statementOf('AWSManagedRulesCommonRuleSet') as {
      ManagedRuleGroupStatement: { RuleActionOverrides: { Name: string; ActionToUse: object }[] };
    };
    expect(group.RuleActionOverrides).toEqual(
      [
        'SizeRestrictions_BODY',
        'SizeRestrictions_QUERYSTRING',
        'GenericRFI_BODY',
        'EC2MetaDataSSRF_BODY',
        'GenericLFI_BODY',
        'CrossSiteScripting_BODY',
        'NoUserAgent_HEADER',
      ].map((Name) => ({ Name, ActionToUse: { Count: {} } })),
    );
    expect(cursorLettersMax + 'cursor='.length + '&search='.length + searchLettersMax).toBeGreaterThan(2_048);
    expect(requestBodyBytesMax).toBeGreaterThan(8 * 1024);
  });

  /**
   * "Your log group names must start with aws-waf-logs-", and a log group for CloudFront is in us-east-1. Source:
   * https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html. The fields that can be redacted, and the name of
   * the condition: https://docs.aws.amazon.com/waf/latest/APIReference/API_LoggingConfiguration.html
   */
  test('the firewall logs what it blocks, without tokens, cookies, referrers, paths and query strings', () => {
    const [id] = Object.keys(edge?.findResources('AWS::Logs::LogGroup') ?? {});
    const [log] = all(edge as never, 'AWS::Logs::LogGroup');
    expect(JSON.stringify(log?.Properties.LogGroupName)).toContain('"aws-waf-logs-roster-prod-"');
    expect(log?.Properties.RetentionInDays).toBe(prod.logDays);
    const [acl] = Object.keys(edge?.findResources('AWS::WAFv2::WebACL') ?? {});
    edge?.hasResourceProperties('AWS::WAFv2::LoggingConfiguration', {
      ResourceArn: { 'Fn::GetAtt': [acl, 'Arn'] },
      LogDestinationConfigs: [{ 'Fn::Join': ['', Match.arrayWith([{ Ref: id }])] }],
      LoggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          { Behavior: 'KEEP', Requirement: 'MEETS_ANY', Conditions: [{ ActionCondition: { Action: 'BLOCK' } }] },
        ],
      },
      RedactedFields: [
        { SingleHeader: { Name: 'authorization' } },
        { SingleHeader: { Name: 'cookie' } },
        { SingleHeader: { Name: 'referer' } },
        { QueryString: {} },
        { UriPath: {} },
      ],
    });
    expect(JSON.stringify(firewallRules())).not.toContain('"SampledRequestsEnabled":true');
  });

  /**
   * The dimensions are the metric names of the web ACL and of the rule; there is no region for CloudFront. Source:
   * https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html
   */
  test('a dashboard shows what each rule blocked', () => {
    const [{ Properties } = { Properties: {} }] = all(edge as never, 'AWS::CloudWatch::Dashboard');
    const shown = JSON.stringify(Properties.DashboardBody);
    const [{ Properties: acl } = { Properties: {} }] = all(edge as never, 'AWS::WAFv2::WebACL');
    const name = (acl.VisibilityConfig as { MetricName: string }).MetricName;
    for (const { VisibilityConfig } of firewallRules())
      expect(shown).toContain(
        JSON.stringify(
          `"AWS/WAFV2","BlockedRequests","Rule","${VisibilityConfig.MetricName}","WebACL","${name}"`,
        ).slice(1, -1),
      );
  });

  /**
   * "After you disable the default endpoint, clients can access your API only by using a custom domain name": CloudFront too, whose
   * origin is that endpoint. A custom domain would be in the public logs of certificates, which is easier to find than the random
   * id of the API. Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-disable-default-endpoint.html
   */
  test('CloudFront reaches the API at its default endpoint, which therefore is not disabled', () => {
    const [{ Properties } = { Properties: {} }] = all(edge as never, 'AWS::CloudFront::Distribution');
    expect(JSON.stringify(Properties)).toContain('Fn::GetStackOutput');
    expect(all(api, 'AWS::ApiGatewayV2::DomainName')).toEqual([]);
    expect(all(api, 'AWS::ApiGatewayV2::Api')[0]?.Properties.DisableExecuteApiEndpoint ?? false).toBe(false);
  });
});

test('a new origin’s secret counts beside the one before, which CloudFront says until it is deployed too', () => {
  const stacks = appOf({ ...prod, web: { ...prodWeb, originSecret: 3 } }).synth();
  const template = (name: string) => JSON.stringify(stacks.getStackByName(`Roster-prod-${name}`).template);
  expect(template('Edge')).toContain('{{resolve:secretsmanager:roster/prod/origin-3:SecretString:::}}');
  expect([...template('Api').matchAll(/"Name":"roster\/prod\/origin-(\d)"/g)].map(([, each]) => each)).toEqual([
    '3',
    '2',
  ]);
});

test('without a hosted zone the certificate is one that was made by hand, and the record to make is told', () => {
  const certificateArn = 'arn:aws:acm:us-east-1:000000000000:certificate/1';
  const web = { ...prodWeb, hostedZone: undefined, certificateArn };
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
