import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { stages, type Stage } from '../../infra/stages.ts';
import { sendRetryMinutesMax, unsentMailAlarmSeconds } from '../../shared/limits.ts';
import { metricNames } from '../../shared/platform/metrics.ts';
import { all, templatesOf } from '../support/templates.ts';

describe.each(Object.values<Stage>(stages))('the alarms of stage $name', ({ name, alarmAddress }) => {
  const { observability } = templatesOf(name);
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

  /**
   * A topic with a policy of its own has no longer the default one, which allows the owner's account.
   * Source: https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html, "Allow Amazon CloudWatch alarms".
   */
  test('may publish to the topic that they call', () => {
    const called = new Set(
      alarms.flatMap(({ AlarmActions }) => AlarmActions as { Ref: string }[]).map(({ Ref }) => Ref),
    );
    expect([...called]).toEqual([topic]);
    const statements = all(observability, 'AWS::SNS::TopicPolicy').flatMap(
      ({ Properties }) => (Properties.PolicyDocument as { Statement: Record<string, unknown>[] }).Statement,
    );
    const publishing = statements.filter(({ Effect, Action }) => Effect === 'Allow' && Action === 'sns:Publish');
    expect(publishing).toMatchObject([
      {
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Resource: { Ref: topic },
        Condition: { StringEquals: { 'aws:SourceAccount': expect.anything() as unknown } },
      },
    ]);
  });

  test('take a silent mail worker for a broken one, and every other silence for peace', () => {
    const alarmed = alarms.filter(({ TreatMissingData }) => TreatMissingData === 'breaching');
    expect(alarmed.map(({ MetricName }) => MetricName)).toEqual(['WorkRuns']);
    expect(alarms.filter(({ TreatMissingData }) => TreatMissingData === 'notBreaching')).toHaveLength(
      alarms.length - 1,
    );
  });

  test('watch what the functions of this stage count, under the names they count it by', () => {
    const own = alarms.filter(({ Namespace, Dimensions }) => Namespace === 'Roster' && Dimensions);
    expect(own.map(({ MetricName }) => String(MetricName)).toSorted()).toEqual([
      'MailQuotaPercent',
      'MailsRejected',
      'OldestDueWorkSeconds',
      'OldestUnsentMailSeconds',
      'WorkFaults',
      'WorkRuns',
    ]);
    for (const { Dimensions } of own) expect(Dimensions).toEqual([{ Name: 'service', Value: `roster-${name}` }]);
  });

  test('see a mail that SES does not accept at every moment, although it is tried only once per hour in the end', () => {
    const [unsent] = alarms.filter(({ MetricName }) => MetricName === 'OldestUnsentMailSeconds');
    expect(unsent).toMatchObject({ Statistic: 'Maximum', Threshold: unsentMailAlarmSeconds, DatapointsToAlarm: 1 });
    // Hours that CloudWatch counts may end between two attempts, so one hour more than the pause between them is looked at.
    expect(Number(unsent?.Period) * Number(unsent?.EvaluationPeriods)).toBeGreaterThanOrEqual(
      sendRetryMinutesMax * 60 + Number(unsent?.Period),
    );
  });

  test('count refused tokens out of the access log', () => {
    observability.hasResourceProperties('AWS::Logs::MetricFilter', {
      FilterPattern: '{ $.status = "401" }',
      LogGroupName: { 'Fn::ImportValue': Match.stringLikeRegexp('OpenAccessLog') },
    });
  });

  test('stand beside a dashboard that shows everything that is counted', () => {
    const [dashboard] = all(observability, 'AWS::CloudWatch::Dashboard');
    const shown = JSON.stringify(dashboard?.Properties.DashboardBody);
    const missing = metricNames.filter((metric) => metric !== 'Faults' && !shown.includes(metric));
    expect(missing).toEqual([]);
  });
});
