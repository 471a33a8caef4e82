import type { PolicyType } from './policy.ts';

type FieldName =
  'metric' | 'thresholdPercent' | 'days' | 'maximum' | 'amount' | 'expiresOn' | 'requiredTag' | 'startsOn';

export interface PolicyField {
  name: FieldName;
  control: 'metric' | 'number' | 'day' | 'text';
  optional?: true;
}

/** The settings of each type, in the order of the form. */
export const policyFields: Record<PolicyType, PolicyField[]> = {
  anomaly_detection: [
    { name: 'metric', control: 'metric' },
    { name: 'thresholdPercent', control: 'number' },
    { name: 'days', control: 'number' },
  ],
  quota: [
    { name: 'metric', control: 'metric' },
    { name: 'maximum', control: 'number' },
  ],
  budget: [
    { name: 'amount', control: 'number' },
    { name: 'expiresOn', control: 'day', optional: true },
  ],
  tagging: [
    { name: 'requiredTag', control: 'text' },
    { name: 'startsOn', control: 'day' },
  ],
};

export const policyTypes = Object.keys(policyFields) as PolicyType[];

/** The settings of a policy form, as texts that the person typed. */
export type PolicySettings = Partial<Record<FieldName, string>>;
