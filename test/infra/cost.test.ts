import { expect, test } from 'vitest';
import { counted, monthlyCost, total, usages } from '../../infra/cost/cost.ts';
import { all, templatesOf, type Resource } from '../support/templates.ts';

const templates = Object.values(templatesOf('prod'));
const resources = (type: string): Resource[] => templates.flatMap((template) => all(template, type));

test('the cost table counts the alarms, dashboards and firewall rules of the stage prod', () => {
  // CloudWatch charges for each metric that an alarm reads. Source: https://aws.amazon.com/cloudwatch/pricing/, "Alarms".
  // An alarm on a Metrics Insights query reads the metrics that match: those of throttles exist only while something is throttled.
  const metricsOf = ({ Properties }: Resource) =>
    Math.max(
      1,
      (Properties.Metrics as { MetricStat?: object }[] | undefined)?.filter((each) => each.MetricStat).length ?? 1,
    );
  const alarms = resources('AWS::CloudWatch::Alarm');
  expect(alarms.reduce((sum, alarm) => sum + metricsOf(alarm), 0)).toBe(counted.alarmMetrics);
  expect(resources('AWS::CloudWatch::Dashboard')).toHaveLength(counted.dashboards);
  expect(resources('AWS::CloudWatch::CompositeAlarm')).toHaveLength(counted.compositeAlarms);
  expect(resources('AWS::WAFv2::WebACL').flatMap(({ Properties }) => Properties.Rules)).toHaveLength(
    counted.firewallRules,
  );
});

/**
 * Detailed metrics are custom metrics, one set per route, which cost 0.30 USD each. No alarm and no graph reads them.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html, https://aws.amazon.com/cloudwatch/pricing/
 */
test('the API has no detailed metrics, which nothing reads', () => {
  const stages = resources('AWS::ApiGatewayV2::Stage');
  expect(stages).toHaveLength(1);
  for (const { Properties } of stages)
    expect(Properties.DefaultRouteSettings).not.toMatchObject({ DetailedMetricsEnabled: true });
});

test('the costs rise with the usage and the number of users', () => {
  const costs = [100, 10_000, 1_000_000].map((users) => total(monthlyCost(users, usages.low)));
  expect(costs).toEqual(costs.toSorted((a, b) => a - b));
  expect(total(monthlyCost(100, usages.high))).toBeGreaterThan(costs[0] ?? 0);
});
