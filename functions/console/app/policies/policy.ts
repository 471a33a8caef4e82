import type { CallOf, ValueOf } from '../data/client.ts';

export type Policy = ValueOf<'listPolicies'>['items'][number];
export type PolicyType = Policy['type'];
export type PolicyInput = CallOf<'createPolicy'>['body'];
export type PolicyFilters = NonNullable<Policy['filters']>;
