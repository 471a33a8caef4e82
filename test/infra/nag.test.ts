import type { App } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { expect, test } from 'vitest';
import { findStage, stages } from '../../infra/stages.ts';
import { appOf } from '../support/templates.ts';

/** What the packs find that nobody acknowledged: `rule: construct`. */
const findings = (app: App): string[] =>
  [AwsSolutionsChecks, ServerlessChecks].flatMap((Pack) => {
    const pack = new Pack(app);
    const report = pack.validate({ appConstruct: app } as never);
    return report.violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath = '' }) => `${ruleName}: ${constructPath}`),
    );
  });

test.each(Object.keys(stages))('cdk-nag finds nothing in stage %s that is not acknowledged with a reason', (stage) => {
  expect(findings(appOf(findStage(stage)))).toEqual([]);
});

test('cdk-nag finds nothing in the delivery stack, which no committed stage has', () => {
  expect(findings(appOf({ ...findStage('prod'), delivery: { repository: 'acme/roster' } }))).toEqual([]);
});

test('it would find a queue without encryption in transit', () => {
  const app = appOf(findStage('dev'));
  const queue = new CfnQueue(app.node.findChild('Roster-dev-Mail'), 'Careless');
  expect(queue.node.path).toBe('Roster-dev-Mail/Careless');
  expect(findings(app)).toContain('AwsSolutions-SQS4: Roster-dev-Mail/Careless');
});
