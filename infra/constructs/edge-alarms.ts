import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { edgeAlarmsOf } from '../alarms.ts';
import { fiveMinutes } from '../metrics.ts';
import type { Stage } from '../stages.ts';
import { AlarmTopic } from './alarm-topic.ts';
import { raiseAlarms } from './raise-alarms.ts';

/** The alarms of CloudFront and its firewall, in the region where both report: us-east-1. An alarm cannot publish elsewhere. */
export class EdgeAlarms extends Construct {
  constructor(scope: Construct, id: string, { stage, distribution }: { stage: Stage; distribution: Distribution }) {
    super(scope, id);
    raiseAlarms(
      this,
      stage,
      new AlarmTopic(this, 'Topic', stage),
      edgeAlarmsOf({
        errorPercent: distribution.metric5xxErrorRate({ period: fiveMinutes }),
        blockedRequests: firewallNamesOf(Stack.of(this)).map(
          (WebACL) =>
            new Metric({
              namespace: 'AWS/WAFV2',
              metricName: 'BlockedRequests',
              dimensionsMap: { WebACL, Rule: 'ALL' },
              period: fiveMinutes,
              statistic: Stats.SUM,
            }),
        ),
      }),
    );
  }
}

/** The names under which the firewalls of a stack report metrics: one, or none if the stage has no firewall. */
const firewallNamesOf = (stack: Stack): string[] =>
  stack.node.findAll().flatMap((node) => {
    const name = node instanceof CfnWebACL && 'metricName' in node.visibilityConfig && node.visibilityConfig.metricName;
    return name ? [name] : [];
  });
