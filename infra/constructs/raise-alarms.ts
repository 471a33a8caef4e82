import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Construct } from 'constructs';
import type { AlarmRow } from '../alarms.ts';
import type { Stage } from '../stages.ts';
import type { AlarmTopic } from './alarm-topic.ts';

/** The section of the runbooks with one line for each alarm, as a path in the repository. */
export const alarmRunbook = 'infra/README.md#alarms';

/** Creates alarms that publish to the topic when they are raised and when they are over. */
export const raiseAlarms = (scope: Construct, stage: Stage, topic: AlarmTopic, rows: readonly AlarmRow[]): void => {
  const action = new SnsAction(topic);
  for (const { name, means, metric, periods, badPeriods = periods, ...bound } of rows) {
    const alarm = new Alarm(scope, name, {
      alarmName: `Roster-${stage.name}-${name}`,
      alarmDescription: `${means} See ${alarmRunbook}, ${name}.`,
      metric,
      evaluationPeriods: periods,
      datapointsToAlarm: badPeriods,
      ...raisedBy(bound),
    });
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }
};

const raisedBy = (bound: { above: number } | { below: number }) =>
  'above' in bound
    ? {
        threshold: bound.above,
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      }
    : {
        threshold: bound.below,
        comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
        treatMissingData: TreatMissingData.BREACHING,
      };
