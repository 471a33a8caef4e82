import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { Construct } from 'constructs';
import type { Stage } from '../stages.ts';

/**
 * A budget of the account, if the stage sets one, that mails when its amount is exceeded and when AWS forecasts that it will be.
 * It is not limited to the stage by a tag: AWS attributes costs to a tag only once somebody has activated it for billing.
 */
export const addBudget = (scope: Construct, { name, monthlyBudget, alarmAddress }: Stage): void => {
  if (monthlyBudget === undefined || alarmAddress === undefined) return;
  new CfnBudget(scope, 'Budget', {
    budget: {
      budgetName: `Roster-${name}`,
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: monthlyBudget, unit: 'USD' },
    },
    notificationsWithSubscribers: ['ACTUAL', 'FORECASTED'].map((notificationType) => ({
      notification: {
        notificationType,
        comparisonOperator: 'GREATER_THAN',
        threshold: 100,
        thresholdType: 'PERCENTAGE',
      },
      subscribers: [{ subscriptionType: 'EMAIL', address: alarmAddress }],
    })),
  });
};
