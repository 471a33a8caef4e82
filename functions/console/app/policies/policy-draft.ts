import { entryOf, isKnown, type OpenEnum } from '../../../../shared/open-enum.ts';
import { listOf, objectOf, oneOf, optionalShape, textShape } from '../parts/draft-shape.ts';
import type { Owner } from '../parts/owner-field.tsx';
import { chosenUserShape } from '../parts/user-select.tsx';
import { policyFields, policyTypes, type PolicyField, type PolicySettings } from './policy-fields.ts';
import type { Policy, PolicyFilters, PolicyInput, PolicyType } from './policy.ts';
import { policiesTexts, settingTexts } from './texts.ts';

/** A policy that a person is still editing. */
export interface PolicyDraft {
  type: OpenEnum<PolicyType> | undefined;
  name: string;
  poolId: string | undefined;
  /** Undefined leaves the owner unchanged. For a new policy, it makes the caller the owner. */
  owner: Owner | undefined;
  settings: PolicySettings;
  filters: PolicyFilters;
}

export const policyDraftShape = objectOf<PolicyDraft>({
  type: optionalShape(oneOf(policyTypes)),
  name: textShape,
  poolId: optionalShape(textShape),
  owner: optionalShape(chosenUserShape),
  settings: objectOf<Record<string, unknown>>({}),
  filters: objectOf<PolicyFilters>({
    ownerIds: optionalShape(listOf(textShape)),
    poolIds: optionalShape(listOf(textShape)),
    dataSourceIds: optionalShape(listOf(textShape)),
    resourceTypes: optionalShape(listOf(textShape)),
  }),
});

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

/** The fields for the settings of a policy type. Empty if no type is chosen or only a newer version of Roster knows it. */
export const fieldsOf = (type: PolicyDraft['type']): PolicyField[] => (type && entryOf(policyFields, type)) ?? [];

/** Error texts for missing fields, by JSON Pointer. All other validation is left to the API. */
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

/** Converts a complete draft to the body of a request that creates a policy. */
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

/** Converts a complete draft to the body of a request that changes a policy. Optional fields that the draft lacks are removed. */
export const toPolicyChange = (draft: PolicyDraft) => {
  const { type, ...given } = toPolicyInput(draft);
  return { poolId: null, filters: null, ...(type === 'budget' && { expiresOn: null }), ...given };
};
