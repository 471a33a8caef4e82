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
    description: 'Limits on cost, resources and tags, for the whole organization or a pool and all below it.',
    create: 'Create policy',
    none: 'No policies yet',
    noneText: 'A policy tells when cost or resources leave the bounds that you set.',
  },
  noneOfType: 'No policy of this type',
  clear: 'Show all types',
  columns: { name: 'Name', type: 'Type', rule: 'Rule', place: 'Applies to', owner: 'Owner' },
  type: 'Type',
  anyType: 'Any type',
  chooseType: 'Choose a type',
  chooseMetric: 'Choose what is watched',
  dayFormat: 'YYYY-MM-DD',
  openCalendar: (day: string | null) => (day === null ? 'Choose a day' : `Choose a day, now ${day}`),
  typeStays: 'The type of a policy stays.',
  /** Shown for policies whose type only a newer version of Roster knows. */
  unknownRule: 'This version of Roster cannot show the rule.',
  unknownType: 'This version of Roster cannot change a policy of this type.',
  wholeOrganization: 'The whole organization',
  name: 'Name',
  place: 'Applies to',
  placeText: 'A pool counts with all pools below it.',

  create: 'Create policy',
  edit: (name: string) => `Edit ${name}`,
  created: (name: string) => `The policy ${name} is created.`,
  changed: (name: string) => `The policy ${name} is changed.`,
  delete: (name: string) => `Delete ${name}?`,
  deleteText: 'Nobody is told any more when its bounds are left. This cannot be undone.',
  deleted: (name: string) => `The policy ${name} is deleted.`,
};

export const policyTypeTexts: Record<PolicyType, { name: string; explanation: string }> = {
  anomaly_detection: { name: 'Anomaly detection', explanation: 'Cost or resources rise far above their own average.' },
  quota: { name: 'Quota', explanation: 'Cost of a month or number of resources passes a maximum.' },
  budget: { name: 'Budget', explanation: 'Cost passes an amount, each month or until a day.' },
  tagging: { name: 'Tagging', explanation: 'Resources lack a tag.' },
};

export const metricTexts: Record<Metric, string> = { expense: 'Expense', resource_count: 'Number of resources' };

export const settingTexts: Record<keyof PolicySettings, { label: string; hint?: string; missing: string }> = {
  metric: { label: 'What is watched', missing: 'Choose what is watched.' },
  thresholdPercent: {
    label: 'Percent above the average',
    hint: `1 to ${formatNumber(anomalyPercentMax)}.`,
    missing: 'Enter a percentage.',
  },
  days: {
    label: 'Days that the average is taken over',
    hint: `1 to ${formatNumber(anomalyDaysMax)}.`,
    missing: 'Enter a number of days.',
  },
  maximum: {
    label: 'Maximum',
    hint: 'Money a month, or a whole number of resources.',
    missing: 'Enter a maximum.',
  },
  amount: { label: 'Amount', hint: 'Money in the organization’s currency.', missing: 'Enter an amount.' },
  expiresOn: { label: 'Last day', hint: 'Empty: the budget recurs each month.', missing: '' },
  requiredTag: { label: 'Tag that resources must have', missing: 'Enter a tag.' },
  startsOn: { label: 'From', hint: 'Resources older than this are left alone.', missing: 'Choose a day.' },
};

export const filterTexts = {
  title: 'Only some resources',
  text: 'Of several conditions all have to match; of several values one.',
  ownerIds: 'Owned by',
  poolIds: 'In pools',
  dataSourceIds: 'From data sources',
  resourceTypes: 'Of types',
  chooseDataSource: 'Choose a data source',
  noDataSource: 'No data sources yet',
  addType: 'A type, then Enter: vm',
  remove: (condition: string, number: number) => `${condition}: remove ${formatNumber(number)}`,
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
