import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { Duration, Validations } from 'aws-cdk-lib/core';
import { canaryIntervalMinutes, canaryMailMinute } from '../../shared/limits.ts';

/** Runs the canary at every full interval, and once an hour with emails. A failed run is not repeated, because the next one follows soon. */
export const scheduleCanary = (canary: Function): void => {
  const runs: [id: string, schedule: Schedule, event: object][] = [
    ['EveryInterval', Schedule.cron({ minute: `0/${canaryIntervalMinutes}` }), {}],
    ['EveryHour', Schedule.cron({ minute: String(canaryMailMinute) }), { mails: true }],
  ];
  for (const [id, schedule, event] of runs)
    new Rule(canary, id, {
      schedule,
      targets: [
        new LambdaFunction(canary, {
          event: RuleTargetInput.fromObject(event),
          retryAttempts: 0,
          maxEventAge: Duration.minutes(canaryIntervalMinutes),
        }),
      ],
    });
  canary.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(canaryIntervalMinutes) });
  const reason = 'A run that is lost is not repeated: the alarm Canary counts the runs that pass.';
  Validations.of(canary).acknowledge(
    { id: 'Serverless-EventBusDLQ', reason },
    { id: 'Serverless-LambdaAsyncFailureDestination', reason },
  );
};
