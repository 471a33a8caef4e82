import { entryOf, isKnown, type OpenEnum } from '../../../../shared/open-enum.ts';
import type { Owner } from '../parts/owner-field.tsx';
import { policyFields, policyTypes, type PolicyField, type PolicySettings } from './policy-fields.ts';
import type { Policy, PolicyFilters, PolicyInput, PolicyType } from './policy.ts';
import { policiesTexts, settingTexts } from './texts.ts';

/** A policy that a person is still putting together. */
export interface PolicyDraft {
  type: OpenEnum<PolicyType> | undefined;
  name: string;
  poolId: string | undefined;
  /** Undefined: as it is; of a new policy, the person themself. */
  owner: Owner | undefined;
  settings: PolicySettings;
  filters: PolicyFilters;
}

export const draftOf = (policy: Policy | undefined): PolicyDraft => ({
  type: policy?.type,
  name: policy?.name ?? '',
  poolId: policy?.poolId,
  owner: undefined,
  settings: Object.fromEntries(
    fieldsOf(policy?.type).flatMap(({ name }) => {
      const value = (policy as unknown as Record<string, string | number | undefined>)[name];
      return value === undefined ? [] : [[name, String(value)]];
    }),
  ),
  filters: policy?.filters ?? {},
});

/** The settings of a type; of none, or of one that is not known here, there are none. */
export const fieldsOf = (type: PolicyDraft['type']): PolicyField[] => (type && entryOf(policyFields, type)) ?? [];

/** What is missing, by JSON Pointer. The API says what else is wrong. */
export const missingIn = ({ type, settings }: PolicyDraft): Record<string, string> =>
  type === undefined || !isKnown(policyTypes, type)
    ? { '/type': type === undefined ? policiesTexts.chooseType : policiesTexts.unknownType }
    : Object.fromEntries(
        fieldsOf(type)
          .filter(({ name, optional }) => !optional && !settings[name])
          .map(({ name }) => [`/${name}`, settingTexts[name].missing]),
      );

const settingsOf = ({ type, settings }: PolicyDraft): [string, string | number][] =>
  fieldsOf(type).flatMap(({ name, control }) => {
    const text = settings[name];
    if (!text) return [];
    return [[name, control === 'number' ? Number(text) : text]];
  });

const filtersOf = ({ filters }: PolicyDraft): PolicyFilters | undefined => {
  const filled = Object.entries(filters).filter(([, values]) => values && values.length > 0);
  return filled.length > 0 ? Object.fromEntries(filled) : undefined;
};

/** A draft that lacks nothing, as the API takes it. */
export const toPolicyInput = (draft: PolicyDraft): PolicyInput => {
  const { type, name, poolId, owner } = draft;
  const filters = filtersOf(draft);
  return {
    type,
    name,
    ...(poolId !== undefined && { poolId }),
    ...(owner && { ownerId: owner.id }),
    ...(filters && { filters }),
    ...Object.fromEntries(settingsOf(draft)),
  } as PolicyInput;
};

/** The same for a policy that exists: what may be absent and is, is taken away. */
export const toPolicyChange = (draft: PolicyDraft) => {
  const { type, ...given } = toPolicyInput(draft);
  return { poolId: null, filters: null, ...(type === 'budget' && { expiresOn: null }), ...given };
};
