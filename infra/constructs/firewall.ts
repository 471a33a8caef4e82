import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

/** Rules that AWS keeps up to date, in the order in which they are asked. */
const managedRules = [
  'AWSManagedRulesAmazonIpReputationList',
  'AWSManagedRulesKnownBadInputsRuleSet',
  'AWSManagedRulesCommonRuleSet',
];

/** A body may be longer than this rule thinks: 1,000 invites are 60 kB, and the API has a limit of its own. */
const tooStrict = ['SizeRestrictions_BODY'];

const visibility = (metricName: string) => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  // Samples would keep headers, and with them tokens.
  sampledRequestsEnabled: false,
});

/** AWS WAF in front of CloudFront. */
export class Firewall extends Construct {
  readonly arn: string;

  /** `requestsPerSource`: requests from one source address in five minutes. */
  constructor(scope: Construct, id: string, { requestsPerSource }: { requestsPerSource: number }) {
    super(scope, id);
    const acl = new CfnWebACL(this, 'Acl', {
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: visibility('requests'),
      rules: [
        {
          name: 'RatePerSource',
          priority: 0,
          action: { block: { customResponse: { responseCode: 429 } } },
          statement: { rateBasedStatement: { limit: requestsPerSource, aggregateKeyType: 'IP' } },
          visibilityConfig: visibility('rate-per-source'),
        },
        ...managedRules.map((name, index) => ({
          name,
          priority: index + 1,
          overrideAction: { none: {} },
          statement: {
            managedRuleGroupStatement: {
              vendorName: 'AWS',
              name,
              ...(name === 'AWSManagedRulesCommonRuleSet' && {
                ruleActionOverrides: tooStrict.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
              }),
            },
          },
          visibilityConfig: visibility(name),
        })),
      ],
    });
    this.arn = acl.attrArn;
  }
}
