import type { CallOf, ValueOf } from '../data/client.ts';

export type Policy = ValueOf<'listPolicies'>['items'][number];
export type PolicyInput = CallOf<'createPolicy'>['body'];
export type PolicyType = PolicyInput['type'];
export type Metric = Extract<PolicyInput, { metric: unknown }>['metric'];
export type PolicyFilters = NonNullable<Policy['filters']>;
