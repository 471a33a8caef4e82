import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnManagedLoginBranding } from 'aws-cdk-lib/aws-cognito';
import { CfnQueryDefinition } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration } from 'aws-cdk-lib/aws-wafv2';
import type { IAspect } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

interface NotEmulated {
  what: string;
  reason: string;
  is(node: IConstruct): boolean;
}

/** The resources that an `emulated` stage lacks, with the reason why the emulator cannot create them. */
export const notEmulated: NotEmulated[] = [
  {
    what: 'AWS::WAFv2::LoggingConfiguration',
    reason: 'not known there: its firewall blocks nothing',
    is: (node) => node instanceof CfnLoggingConfiguration,
  },
  {
    what: 'AWS::Cognito::ManagedLoginBranding',
    reason: 'not known there: its sign-in page has no styles',
    is: (node) => node instanceof CfnManagedLoginBranding,
  },
  {
    what: 'AWS::CloudWatch::Alarm with Metrics',
    reason: 'alarms are of one metric there, not of what is computed from several',
    is: (node) => node instanceof CfnAlarm && node.metrics !== undefined,
  },
  {
    what: 'AWS::Logs::QueryDefinition',
    reason: 'not known there: no saved queries',
    is: (node) => node instanceof CfnQueryDefinition,
  },
  {
    what: 'AWS::Budgets::Budget',
    reason: 'not known there: nothing costs anything',
    is: (node) => node instanceof CfnBudget,
  },
];

/** Removes these resources from all stacks. */
export class LeaveOutNotEmulated implements IAspect {
  visit(node: IConstruct): void {
    if (notEmulated.some(({ is }) => is(node))) node.node.scope?.node.tryRemoveChild(node.node.id);
  }
}
