import { anomalyDaysMax, anomalyPercentMax } from '../../../../shared/limits.ts';
import { entryOf, type OpenEnum } from '../../../../shared/open-enum.ts';
import { formatDate, formatMoney, formatNumber } from '../parts/format.ts';
import type { PolicySettings } from './policy-fields.ts';
import type { Metric, Policy, PolicyFilters, PolicyType } from './policy.ts';

const plural = (count: number, one: string, many: string) => `${formatNumber(count)} ${count === 1 ? one : many}`;

export const policiesTexts = {
  policies: 'Policies',
  list: {
    title: 'Policies',
    description: 'Limits on cost, resources and tags, for the whole organization or for a pool and its sub-pools.',
    create: 'Create policy',
    none: 'No policies yet',
    noneText: 'A policy sets limits and reports when costs or resources exceed them.',
  },
  noneOfType: 'No policies of this type',
  clear: 'Show all types',
  columns: { name: 'Name', type: 'Type', rule: 'Rule', place: 'Applies to', owner: 'Owner' },
  type: 'Type',
  anyType: 'Any type',
  chooseType: 'Choose a type',
  chooseMetric: 'Choose a metric',
  dayFormat: 'YYYY-MM-DD',
  openCalendar: (day: string | null) => (day === null ? 'Choose a date' : `Choose a date, currently ${day}`),
  typeStays: 'The type cannot be changed.',
  /** Shown for policies whose type only a newer version of Roster knows. */
  unknownRule: 'This version of Roster cannot show the rule.',
  unknownType: 'This version of Roster cannot change a policy of this type.',
  wholeOrganization: 'The whole organization',
  name: 'Name',
  place: 'Applies to',
  placeText: 'A policy for a pool also applies to its sub-pools.',

  create: 'Create policy',
  edit: (name: string) => `Edit ${name}`,
  created: (name: string) => `Created the policy ${name}.`,
  changed: (name: string) => `Saved the policy ${name}.`,
  delete: (name: string) => `Delete ${name}?`,
  deleteText: 'Its limits are no longer monitored. This cannot be undone.',
  deleted: (name: string) => `Deleted the policy ${name}.`,
};

export const policyTypeTexts: Record<PolicyType, { name: string; explanation: string }> = {
  anomaly_detection: { name: 'Anomaly detection', explanation: 'Costs or resources rise far above their average.' },
  quota: { name: 'Quota', explanation: 'The monthly cost or the number of resources exceeds a maximum.' },
  budget: { name: 'Budget', explanation: 'Costs exceed an amount, each month or until a date.' },
  tagging: { name: 'Tagging', explanation: 'Resources are missing a tag.' },
};

export const metricTexts: Record<Metric, string> = { expense: 'Expense', resource_count: 'Number of resources' };

export const settingTexts: Record<keyof PolicySettings, { label: string; hint?: string; missing: string }> = {
  metric: { label: 'Metric', missing: 'Choose a metric.' },
  thresholdPercent: {
    label: 'Percent above the average',
    hint: `1 to ${formatNumber(anomalyPercentMax)}.`,
    missing: 'Enter a percentage.',
  },
  days: {
    label: 'Days in the average',
    hint: `1 to ${formatNumber(anomalyDaysMax)}.`,
    missing: 'Enter a number of days.',
  },
  maximum: {
    label: 'Maximum',
    hint: 'An amount per month, or a whole number of resources.',
    missing: 'Enter a maximum.',
  },
  amount: { label: 'Amount', missing: 'Enter an amount.' },
  expiresOn: { label: 'Last day', hint: 'If empty, the budget renews each month.', missing: '' },
  requiredTag: { label: 'Required tag', missing: 'Enter a tag.' },
  startsOn: { label: 'From', hint: 'Resources created before this date are ignored.', missing: 'Choose a date.' },
};

export const filterTexts = {
  title: 'Only some resources',
  text: 'A resource must meet every condition, and match one value of each.',
  ownerIds: 'Owned by',
  poolIds: 'In pools',
  dataSourceIds: 'From data sources',
  resourceTypes: 'Of types',
  chooseDataSource: 'Choose a data source',
  noDataSource: 'No data sources yet',
  addType: 'Enter a type, such as vm',
  remove: (condition: string, number: number) => `${condition}: remove value ${formatNumber(number)}`,
};

/** The rule of a policy as a sentence. */
export const ruleInWords = (policy: Policy): string => {
  if ('thresholdPercent' in policy)
    return `${metricInWords(policy.metric)} ${formatNumber(policy.thresholdPercent)} % above the average of ${plural(policy.days, 'day', 'days')}`;
  if ('maximum' in policy) return `At most ${quotaInWords(policy.metric, policy.maximum, policy.currency)}`;
  if ('amount' in policy)
    return policy.expiresOn === undefined
      ? `${formatMoney(policy.amount, policy.currency)} each month`
      : `${formatMoney(policy.amount, policy.currency)} until ${formatDate(policy.expiresOn)}`;
  if ('requiredTag' in policy) return `Tag “${policy.requiredTag}” on resources since ${formatDate(policy.startsOn)}`;
  return policiesTexts.unknownRule;
};

const metricInWords = (metric: OpenEnum<Metric>): string => entryOf(metricTexts, metric) ?? metric;

const quotaInWords = (metric: OpenEnum<Metric>, maximum: number, currency: string | undefined): string => {
  if (metric === 'expense') return `${formatMoney(maximum, currency)} a month`;
  if (metric === 'resource_count') return plural(maximum, 'resource', 'resources');
  return `${formatNumber(maximum)} (${metric})`;
};

/** Describes the resources that a policy applies to. Empty if it applies to all resources. */
export const filtersInWords = ({ ownerIds, poolIds, dataSourceIds, resourceTypes }: PolicyFilters = {}): string =>
  [
    ownerIds && `of ${plural(ownerIds.length, 'owner', 'owners')}`,
    poolIds && `in ${plural(poolIds.length, 'pool', 'pools')}`,
    dataSourceIds && `from ${plural(dataSourceIds.length, 'data source', 'data sources')}`,
    resourceTypes && `of type ${resourceTypes.join(' or ')}`,
  ]
    .filter(Boolean)
    .join(', ');
