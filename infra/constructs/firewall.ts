import { Metric, Stats, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnLoggingConfiguration, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { fiveMinutes } from '../metrics.ts';
import type { Stage } from '../stages.ts';
import { NamedLog } from './named-log.ts';

interface FirewallProps {
  stage: Stage;
  web: NonNullable<Stage['web']>;
  /** Requests whose path begins like this are answered from CloudFront's cache, and do not count towards the limits. */
  cachedPath: string;
}

/**
 * Rules of `AWSManagedRulesCommonRuleSet` that count and do not block, because they reject ordinary data of our callers. Our own
 * validation does more: bodies are JSON of a schema (the functions refuse other types), and no text is ever executed: pages escape it,
 * and no function requests an address or opens a file that a caller names.
 * Source: https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html, "Core rule set (CRS)".
 */
const countedRules = [
  // Blocks bodies of more than 8 KB: 1,000 addresses are 60 KB. Our limit is `requestBodyBytesMax`.
  'SizeRestrictions_BODY',
  // Blocks query strings of more than 2,048 bytes: a cursor alone has up to `cursorLettersMax` letters.
  'SizeRestrictions_QUERYSTRING',
  // Blocks URLs with an IPv4 address: a resource has the tag `http://10.0.0.5:8080`.
  'GenericRFI_BODY',
  // Blocks addresses of instance metadata: names and tags of cloud resources contain them.
  'EC2MetaDataSSRF_BODY',
  // Blocks `../../`: tags of resources contain paths.
  'GenericLFI_BODY',
  // Blocks what looks like a script: `<onload>` in a name is text to us.
  'CrossSiteScripting_BODY',
  // Blocks clients without a `User-Agent`: services of the platform need not send one.
  'NoUserAgent_HEADER',
];

/** The rules that AWS maintains, in the order of their evaluation. */
const managedRules: RuleOf[] = [
  managed('AWSManagedRulesAmazonIpReputationList'),
  managed('AWSManagedRulesKnownBadInputsRuleSet'),
  managed('AWSManagedRulesCommonRuleSet', countedRules),
];

/** The firewall (AWS WAF) of a CloudFront distribution, and the log of the requests that it blocks. */
export class Firewall extends Construct {
  readonly arn: string;
  /** The requests in five minutes that each rule blocked. */
  readonly blockedRequests: IMetric[];

  constructor(scope: Construct, id: string, { stage, web, cachedPath }: FirewallProps) {
    super(scope, id);
    const rules = [
      limitPerSource('InviteRequestsPerSource', {
        // The page of an invite also counts here, in addition to its two calls. The functions therefore refuse first and state when
        // to retry; this rule only stops clients that ignore that.
        limit: 2 * stage.requestsPerSource,
        seconds: 60,
        requests: { orStatement: { statements: [pathBeginsWith('/invites/'), pathBeginsWith('/v1/invites/')] } },
      }),
      limitPerSource('RequestsPerSource', {
        limit: web.requestsPerSource,
        seconds: 300,
        requests: { notStatement: { statement: pathBeginsWith(cachedPath) } },
      }),
      ...managedRules,
    ];
    // The name is a dimension of the metrics. Without the stage's name, the metrics of all stages in an account would be added up.
    const name = `roster-${stage.name}`;
    const acl = new CfnWebACL(this, 'Acl', {
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: visibility(name),
      rules: rules.map((rule, priority) => ({ ...rule, priority, visibilityConfig: visibility(rule.name) })),
    });
    this.arn = acl.attrArn;
    this.blockedRequests = rules.map(
      (rule) =>
        new Metric({
          namespace: 'AWS/WAFV2',
          metricName: 'BlockedRequests',
          dimensionsMap: { WebACL: name, Rule: rule.name },
          label: rule.name,
          period: fiveMinutes,
          statistic: Stats.SUM,
        }),
    );
    this.logBlocked(stage);
  }

  /** Logs blocked requests, which never reach the log of the API, so that somebody can find out why one was blocked. */
  private logBlocked(stage: Stage): void {
    // AWS WAF requires this prefix.
    const log = new NamedLog(this, 'Blocked', { stage, name: `aws-waf-logs-roster-${stage.name}` });
    new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: this.arn,
      // The attribute `Arn` of a log group ends in `:*`, which the documentation of AWS WAF does not allow for.
      logDestinationConfigs: [
        Stack.of(this).formatArn({
          service: 'logs',
          resource: 'log-group',
          resourceName: log.logGroupName,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ],
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          { Behavior: 'KEEP', Requirement: 'MEETS_ANY', Conditions: [{ ActionCondition: { Action: 'BLOCK' } }] },
        ],
      },
      // These fields can contain tokens, and email addresses that somebody searched for. A mail gateway that encodes the `#` of an
      // invite's link puts its token into the path, and the page of a gateway that leads to the link may name it as the referrer.
      redactedFields: [
        { singleHeader: { Name: 'authorization' } },
        { singleHeader: { Name: 'cookie' } },
        { singleHeader: { Name: 'referer' } },
        { queryString: {} },
        { uriPath: {} },
      ],
    });
  }
}

interface RuleOf extends Omit<CfnWebACL.RuleProperty, 'priority' | 'visibilityConfig'> {
  name: string;
}

interface Limit {
  /** The maximum number of requests from one source address in that time. */
  limit: number;
  /** AWS WAF looks back 60, 120, 300 or 600 seconds. */
  seconds: 60 | 120 | 300 | 600;
  /** The requests that the rule counts. */
  requests: CfnWebACL.StatementProperty;
}

/** CloudFront passes the client's own address to the firewall: functions find the same one, see functions/http/source-of.ts. */
const limitPerSource = (name: string, { limit, seconds, requests }: Limit): RuleOf => ({
  name,
  action: { block: { customResponse: { responseCode: 429 } } },
  statement: {
    rateBasedStatement: {
      limit,
      evaluationWindowSec: seconds,
      aggregateKeyType: 'IP',
      scopeDownStatement: requests,
    },
  },
});

/** Compares the path as the origin understands it, so that `/console/assets/%2e%2e/…` does not evade a limit. */
const pathBeginsWith = (searchString: string): CfnWebACL.StatementProperty => ({
  byteMatchStatement: {
    fieldToMatch: { uriPath: {} },
    positionalConstraint: 'STARTS_WITH',
    searchString,
    textTransformations: [
      { priority: 0, type: 'URL_DECODE' },
      { priority: 1, type: 'NORMALIZE_PATH' },
    ],
  },
});

function managed(name: string, counted: string[] = []): RuleOf {
  return {
    name,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        ...(counted.length > 0 && {
          ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
        }),
      },
    },
  };
}

const visibility = (metricName: string) => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  // Sampled requests would store headers, including tokens, and cannot be redacted.
  sampledRequestsEnabled: false,
});
