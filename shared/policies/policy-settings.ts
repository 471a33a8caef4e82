import * as z from 'zod';
import { id, instant, money, plainText, version } from '../api/schemas.ts';
import {
  anomalyDaysMax,
  anomalyPercentMax,
  filterValuesMax,
  nameLettersMax,
  resourceTypeLettersMax,
  tagKeyLettersMax,
} from '../limits.ts';
import { displayName } from '../names/display-name.ts';
import { shownCurrency } from '../organizations/currency.ts';
import { openEnum } from '../open-enum.ts';

export const policyTypes = ['anomaly_detection', 'quota', 'budget', 'tagging'] as const;
export type PolicyType = (typeof policyTypes)[number];

const metrics = ['expense', 'resource_count'] as const;
const metric = z.enum(metrics);
const day = z.iso.date();
const listed = <T extends z.ZodType>(item: T) => z.array(item).min(1).max(filterValuesMax);

/** The resources that a policy applies to: those that match a value of every filter. An absent filter excludes nothing. */
export const policyFilters = z
  .strictObject({
    ownerIds: listed(id).optional(),
    poolIds: listed(id).optional(),
    dataSourceIds: listed(id).optional(),
    resourceTypes: listed(plainText(resourceTypeLettersMax)).optional(),
  })
  .meta({ id: 'PolicyFiltersInput' });

/** The settings of each type of policy. */
const settings = {
  anomaly_detection: {
    metric,
    thresholdPercent: z
      .number()
      .min(1)
      .max(anomalyPercentMax)
      .meta({ description: 'How many percent above the average are an anomaly.' }),
    days: z.int().min(1).max(anomalyDaysMax).meta({ description: 'Over how many days the average is computed.' }),
  },
  quota: {
    metric,
    maximum: money.meta({
      description: 'The limit: money a month if the metric is `expense`, otherwise a whole number of resources.',
    }),
  },
  budget: {
    amount: money,
    expiresOn: day.optional().meta({ description: 'The last day of the budget. Absent: it recurs each month.' }),
  },
  tagging: {
    requiredTag: plainText(tagKeyLettersMax),
    startsOn: day.meta({ description: 'The day from which on resources need the tag. Older resources are exempt.' }),
  },
} satisfies Record<PolicyType, z.core.$ZodShape>;

const common = {
  name: displayName(nameLettersMax),
  poolId: id
    .optional()
    .meta({ description: 'The id of the pool on which the policy is. Absent: it is on the whole organization.' }),
  filters: policyFilters.optional(),
};

const given = { ...common, ownerId: id.optional().meta({ description: 'The id of the user. Absent: the caller.' }) };

/** A policy in a request. */
export const policyInput = z
  .discriminatedUnion('type', [
    z
      .strictObject({ type: z.literal('anomaly_detection'), ...given, ...settings.anomaly_detection })
      .meta({ id: 'AnomalyDetectionPolicyInput' }),
    z.strictObject({ type: z.literal('quota'), ...given, ...settings.quota }).meta({
      id: 'QuotaPolicyInput',
      not: { properties: { metric: { const: 'resource_count' }, maximum: { not: { type: 'integer' } } } },
    }),
    z.strictObject({ type: z.literal('budget'), ...given, ...settings.budget }).meta({ id: 'BudgetPolicyInput' }),
    z.strictObject({ type: z.literal('tagging'), ...given, ...settings.tagging }).meta({ id: 'TaggingPolicyInput' }),
  ])
  .refine((policy) => policy.type !== 'quota' || policy.metric === 'expense' || Number.isInteger(policy.maximum), {
    path: ['maximum'],
    message: 'A whole number of resources.',
  })
  .meta({ id: 'PolicyInput' });
export type PolicyInput = z.infer<typeof policyInput>;

/** The fields of a change; `null` removes an optional field. `updatePolicy` refuses settings of other types than the policy's own. */
export const policyChange = z.strictObject({
  ...z.object(given).partial().shape,
  ...z.object(settings.anomaly_detection).partial().shape,
  ...z.object(settings.quota).partial().shape,
  ...z.object(settings.budget).partial().shape,
  ...z.object(settings.tagging).partial().shape,
  poolId: id.nullable().optional(),
  filters: policyFilters.nullable().optional(),
  expiresOn: day.nullable().optional(),
});

const answered = {
  id,
  ...common,
  filters: z.object(policyFilters.shape).meta({ id: 'PolicyFilters' }).optional(),
  filterNames: z
    .record(z.string(), z.string())
    .optional()
    .meta({ description: 'The names of the owners, pools and data sources in the filters, by id.' }),
  poolName: z.string().optional(),
  currency: shownCurrency.optional(),
  ownerId: id.meta({ description: 'The id of the current owner, after all removals of users.' }),
  ownerName: z.string(),
  createdAt: instant,
  version,
};

const describedPolicy = z.discriminatedUnion('type', [
  z
    .object({
      type: z.literal('anomaly_detection'),
      ...answered,
      ...settings.anomaly_detection,
      metric: openEnum(metrics),
    })
    .meta({ id: 'AnomalyDetectionPolicy' }),
  z
    .object({ type: z.literal('quota'), ...answered, ...settings.quota, metric: openEnum(metrics) })
    .meta({ id: 'QuotaPolicy' }),
  z.object({ type: z.literal('budget'), ...answered, ...settings.budget }).meta({ id: 'BudgetPolicy' }),
  z.object({ type: z.literal('tagging'), ...answered, ...settings.tagging }).meta({ id: 'TaggingPolicy' }),
]);

/**
 * A policy whose type or settings only a newer version of Roster knows: the response contains the fields that all policies have,
 * but no settings. OpenAPI leaves this schema out, because this version writes no such policy.
 */
const undescribedPolicy = z.object({ type: openEnum(policyTypes), ...answered }).meta({ undescribed: true });

/** A policy in a response. */
export const policyView = z.union([describedPolicy, undescribedPolicy]).meta({ id: 'Policy' });
