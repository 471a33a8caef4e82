import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { checkStage, stages, type Stage } from '../../infra/stages.ts';
import { sendRetryMinutesMax, unsentMailAlarmSeconds } from '../../shared/limits.ts';
import { metricNames } from '../../shared/platform/metrics.ts';
import { all, appOf, rulesOfEvents, templatesOf } from '../support/templates.ts';

type Properties = Record<string, unknown>;

const propertiesOf = (template: Parameters<typeof all>[0] | undefined, type: string): Properties[] =>
  template ? all(template, type).map(({ Properties }) => Properties) : [];

/** The alarms of a stage, in all its regions. */
const alarmsOf = (stage: string): Properties[] => {
  const { observability, edge } = templatesOf(stage);
  return [observability, edge].flatMap((template) => propertiesOf(template, 'AWS::CloudWatch::Alarm'));
};

const nameIn = (stage: string, { AlarmName }: Properties): string =>
  String(AlarmName).replace(new RegExp(`^Roster-${stage}-`), '');

describe.each(Object.values<Stage>(stages))('the alarms of stage $name', ({ name, alarmAddress, canary }) => {
  const { observability, api } = templatesOf(name);
  const alarms = all(observability, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
  const [topic] = Object.keys(observability.findResources('AWS::SNS::Topic'));

  test('are for what somebody has to look at', () => {
    expect(alarms.map(({ AlarmName }) => String(AlarmName).slice(`Roster-${name}-`.length)).toSorted()).toEqual(
      [
        'ServerErrors',
        'RefusedTokens',
        'WorkStalled',
        'WorkFaults',
        'OutboxAge',
        'UnsentMails',
        'RejectedMails',
        'MailQuota',
        'Bounces',
        'Complaints',
        'MailEventsDeadLetters',
        'WorkDeadLetters',
        'LostEvents',
        'StreamAge',
        'ThrottledTable',
        'ThrottledFunctions',
        'ThrottledSignIns',
        ...(canary ? ['Canary'] : []),
      ].toSorted(),
    );
  });

  test('say what has happened, and tell somebody when it begins and when it is over', () => {
    for (const { AlarmDescription, AlarmActions, OKActions } of alarms) {
      expect(AlarmDescription).toMatch(/\.$/);
      expect(AlarmActions).toEqual([{ Ref: topic }]);
      expect(OKActions).toEqual([{ Ref: topic }]);
    }
    const subscriptions = all(observability, 'AWS::SNS::Subscription').map(({ Properties }) => Properties.Endpoint);
    expect(subscriptions).toEqual(alarmAddress === undefined ? [] : [alarmAddress]);
  });

  test('treat missing data of the mail worker and the canary as a failure, and all other missing data as good', () => {
    const alarmed = alarms.filter(({ TreatMissingData }) => TreatMissingData === 'breaching');
    expect(alarmed.map(({ MetricName }) => MetricName)).toEqual(['WorkRuns', ...(canary ? ['CanaryPasses'] : [])]);
    expect(alarms.filter(({ TreatMissingData }) => TreatMissingData === 'notBreaching')).toHaveLength(
      alarms.length - alarmed.length,
    );
  });

  test('watch what the functions of this stage count, under the names they count it by', () => {
    const own = alarms.filter(({ Namespace, Dimensions }) => Namespace === 'Roster' && Dimensions);
    expect(own.map(({ MetricName }) => String(MetricName)).toSorted()).toEqual([
      ...(canary ? ['CanaryPasses'] : []),
      'MailQuotaPercent',
      'MailsRejected',
      'OldestDueWorkSeconds',
      'OldestUnsentMailSeconds',
      'WorkFaults',
      'WorkRuns',
    ]);
    for (const { Dimensions } of own) expect(Dimensions).toEqual([{ Name: 'service', Value: `roster-${name}` }]);
  });

  test('never miss a mail that SES does not accept, although it is tried only once per hour in the end', () => {
    const unsent = alarms.find(({ MetricName }) => MetricName === 'OldestUnsentMailSeconds');
    expect(unsent).toMatchObject({ Statistic: 'Maximum', Threshold: unsentMailAlarmSeconds, DatapointsToAlarm: 1 });
    // Hours that CloudWatch counts may end between two attempts, so one hour more than the pause between them is looked at.
    expect(Number(unsent?.Period) * Number(unsent?.EvaluationPeriods)).toBeGreaterThanOrEqual(
      sendRetryMinutesMax * 60 + Number(unsent?.Period),
    );
  });

  test('are few enough that each is read: at most 20', () => {
    expect(alarmsOf(name).length).toBeLessThanOrEqual(20);
  });

  /**
   * "Alarms based on metric math expressions can reference a maximum of 10 metrics. This is a hard limit."
   * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html.
   */
  test('read one metric or a few', () => {
    for (const alarm of alarmsOf(name)) {
      const { Metrics = [] } = alarm as { Metrics?: { MetricStat?: object }[] };
      expect([nameIn(name, alarm), Metrics.filter(({ MetricStat }) => MetricStat).length <= 4]).toEqual([
        nameIn(name, alarm),
        true,
      ]);
    }
  });

  test('count throttled requests of every operation and index, and sign-ins with every app client', () => {
    const queries = alarms.flatMap(({ Metrics = [] }) =>
      (Metrics as { Expression?: unknown }[]).map(({ Expression }) => JSON.stringify(Expression) ?? ''),
    );
    // The first dimension alone is named, so that all others are added up.
    expect(queries.filter((query) => query.includes('SELECT'))).toEqual([
      expect.stringMatching(
        /SELECT SUM\(ThrottledRequests\) FROM .*AWS\/DynamoDB.* WHERE TableName = '[^=]*'/,
      ) as string,
      expect.stringMatching(/SELECT SUM\(SignInThrottles\) FROM .*AWS\/Cognito.* WHERE UserPool = '[^=]*'/) as string,
    ]);
  });

  test('notice events that were lost before they reached a queue of dead letters, for every function and rule', () => {
    const lost = alarms.find((alarm) => nameIn(name, alarm) === 'LostEvents') ?? expect.unreachable();
    const metrics = (lost.Metrics as { MetricStat?: { Metric: { MetricName: string } } }[]).flatMap(
      ({ MetricStat }) => MetricStat?.Metric.MetricName ?? [],
    );
    const count = (metric: string) => metrics.filter((each) => each === metric).length;
    expect(count('DestinationDeliveryFailures')).toBe(
      all(api, 'AWS::Lambda::EventInvokeConfig').filter(({ Properties }) => Properties.DestinationConfig).length,
    );
    expect(count('InvocationsFailedToBeSentToDlq')).toBe(rulesOfEvents(api).length);
  });

  test('count refused tokens out of the access log', () => {
    // In the stack of the log, so that the log can be renamed without an export that is in use.
    api.hasResourceProperties('AWS::Logs::MetricFilter', {
      FilterPattern: '{ $.status = "401" }',
      LogGroupName: { Ref: Match.stringLikeRegexp('OpenAccessLog') },
    });
  });

  test('stand beside a dashboard that shows everything that is counted', () => {
    const [dashboard] = all(observability, 'AWS::CloudWatch::Dashboard');
    const shown = JSON.stringify(dashboard?.Properties.DashboardBody);
    const missing = metricNames.filter((metric) => metric !== 'Faults' && !shown.includes(metric));
    expect(missing).toEqual([]);
  });
});

describe('the alarms of prod at the edge', () => {
  const { edge } = templatesOf('prod');
  const alarms = propertiesOf(edge, 'AWS::CloudWatch::Alarm');

  test('are in the region of CloudFront, with a topic there that mails them', () => {
    const [topic] = Object.keys(edge?.findResources('AWS::SNS::Topic') ?? {});
    expect(alarms.map((alarm) => nameIn('prod', alarm))).toEqual(['EdgeErrors', 'BlockedRequests']);
    for (const { AlarmActions, OKActions } of alarms)
      expect([AlarmActions, OKActions]).toEqual([[{ Ref: topic }], [{ Ref: topic }]]);
    expect(propertiesOf(edge, 'AWS::SNS::Subscription')).toMatchObject([{ Endpoint: stages.prod.alarmAddress }]);
  });

  test('watch the firewall under the name by which it reports', () => {
    const [acl = expect.unreachable()] = propertiesOf(edge, 'AWS::WAFv2::WebACL');
    const { MetricName } = acl.VisibilityConfig as { MetricName: string };
    expect(alarms[1]).toMatchObject({
      Namespace: 'AWS/WAFV2',
      MetricName: 'BlockedRequests',
      Dimensions: [
        { Name: 'Rule', Value: 'ALL' },
        { Name: 'WebACL', Value: MetricName },
      ],
    });
  });

  test('are those of CloudFront only where there is no firewall', () => {
    const app = appOf({ ...stages.prod, web: { ...stages.prod.web, firewall: false } });
    const { stacks } = app.synth();
    const without = stacks.find(({ stackName }) => stackName.endsWith('Edge'))?.template as {
      Resources: Record<string, { Type: string; Properties: Properties }>;
    };
    const left = Object.values(without.Resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
    expect(left.map(({ Properties }) => nameIn('prod', Properties))).toEqual(['EdgeErrors']);
  });
});

describe('the runbook of alarms', () => {
  const readme = readFileSync(path.resolve(import.meta.dirname, '../../infra/README.md'), 'utf8');
  const section = readme.slice(readme.indexOf('\n## Alarms\n'));
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  const alarms = Object.keys(stages).flatMap((stage) => alarmsOf(stage).map((alarm) => ({ stage, alarm })));

  test('has a line for every alarm, and none for one that does not exist', () => {
    const listed = rows.flatMap((row) =>
      [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
    );
    expect(new Set(listed).size).toBe(listed.length);
    expect(new Set(listed)).toEqual(new Set(alarms.map(({ stage, alarm }) => nameIn(stage, alarm))));
  });

  test('is referred to by every alarm', () => {
    for (const { stage, alarm } of alarms)
      expect(alarm.AlarmDescription).toMatch(new RegExp(`See infra/README\\.md#alarms, ${nameIn(stage, alarm)}\\.$`));
  });

  test('refers to sections and saved queries that exist', () => {
    const anchors = new Set(
      [...readme.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
        heading
          .toLowerCase()
          .replaceAll(/[^\w -]/g, '')
          .replaceAll(' ', '-'),
      ),
    );
    const linked = [...section.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);
    expect(linked.length).toBeGreaterThan(5);
    expect(linked.filter((anchor) => !anchors.has(anchor ?? ''))).toEqual([]);
    const saved = propertiesOf(templatesOf('prod').api, 'AWS::Logs::QueryDefinition').map(({ Name }) =>
      String(Name).replace('Roster/prod/', ''),
    );
    const named = rows.flatMap((row) =>
      [...row.matchAll(/saved query `(\w+)`(?:[^|.]*? and `(\w+)`)?/g)].flatMap(([, ...names]) =>
        names.filter(Boolean),
      ),
    );
    expect(new Set(named)).toEqual(new Set(saved.filter((query) => query !== 'ResponsesByRoute')));
  });
});

describe('a budget', () => {
  const budgetsOf = (change: object) => {
    const app = appOf(checkStage({ ...stages.prod, ...change }));
    const template = app.synth().stacks.find(({ stackName }) => stackName.endsWith('Observability'))?.template as {
      Resources: Record<string, { Type: string; Properties: Properties }>;
    };
    return Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::Budgets::Budget');
  };

  test('sends a mail if the costs exceed it, or are forecast to', () => {
    const [{ Properties } = expect.unreachable(), ...others] = budgetsOf({ monthlyBudget: 123 });
    expect(others).toEqual([]);
    expect(Properties).toMatchObject({ Budget: { BudgetLimit: { Amount: 123, Unit: 'USD' }, TimeUnit: 'MONTHLY' } });
    const notifications = Properties.NotificationsWithSubscribers as {
      Notification: { NotificationType: string };
      Subscribers: { Address: string }[];
    }[];
    expect(notifications.map(({ Notification }) => Notification.NotificationType)).toEqual(['ACTUAL', 'FORECASTED']);
    for (const { Subscribers } of notifications)
      expect(Subscribers).toEqual([{ SubscriptionType: 'EMAIL', Address: stages.prod.alarmAddress }]);
  });

  test('is absent unless the stage sets it', () => {
    expect(budgetsOf({ monthlyBudget: undefined })).toEqual([]);
  });
});
