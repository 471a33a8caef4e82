import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { FilterCriteria, FilterRule, StartingPosition, type Function } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { wakeAgeSecondsMax, workIntervalSeconds } from '../../shared/limits.ts';
import { tableSchema } from '../../shared/table/schema.ts';
import { countedActions } from '../../shared/totals/counted-actions.ts';
import { DeadLetters } from './dead-letters.ts';

/** Invokes the worker: for items of the table that request it, for changes of the totals, and every minute. */
export class WorkTriggers extends Construct {
  /** Records here show that the worker failed. Nothing is lost, because the run of the next minute finds the same work. */
  readonly deadLetters: Queue;
  readonly worker: Function;
  readonly rule: Rule;

  constructor(scope: Construct, id: string, { table, worker }: { table: TableV2; worker: Function }) {
    super(scope, id);
    this.worker = worker;
    const interval = Duration.seconds(workIntervalSeconds);
    this.deadLetters = new DeadLetters(this, 'DeadLetters', { reader: worker });
    worker.addEventSource(
      new DynamoEventSource(table, {
        startingPosition: StartingPosition.LATEST,
        batchSize: 1000,
        filters: [
          FilterCriteria.filter({ dynamodb: { NewImage: { [tableSchema.wake]: { S: FilterRule.exists() } } } }),
          FilterCriteria.filter({
            eventName: FilterRule.isEqual('INSERT'),
            dynamodb: { NewImage: { action: { S: FilterRule.or(...countedActions) } } },
          }),
        ],
        bisectBatchOnError: true,
        reportBatchItemFailures: true,
        retryAttempts: 2,
        // The schedule has already done the work of older records.
        maxRecordAge: Duration.seconds(wakeAgeSecondsMax),
        onFailure: new SqsDlq(this.deadLetters),
      }),
    );
    this.rule = new Rule(this, 'EveryMinute', {
      schedule: Schedule.rate(interval),
      targets: [
        // No retries, because the next run is a minute later.
        new LambdaFunction(worker, {
          deadLetterQueue: this.deadLetters,
          retryAttempts: 0,
          maxEventAge: interval,
        }),
      ],
    });
    worker.configureAsyncInvoke({
      retryAttempts: 0,
      maxEventAge: interval,
      onFailure: new SqsDestination(this.deadLetters),
    });
  }
}
