import { callApi } from '../data/client.ts';
import { useChange } from '../data/use-change.ts';
import { useOrganization } from '../organization/use-organization.ts';
import type { Draft } from '../parts/use-draft.ts';
import { toPolicyChange, toPolicyInput, type PolicyDraft } from './policy-draft.ts';
import type { Policy } from './policy.ts';
import { policiesTexts as texts } from './texts.ts';

const changes = ['listPolicies', 'getPolicy', 'getUserAssets'] as const;

/** Creates a new policy, or changes the given one. */
export const useSavePolicy = (policy: Policy | undefined, input: Draft<PolicyDraft>) => {
  const { params } = useOrganization();
  const create = useChange('createPolicy', { changes: [...changes], done: ({ name }) => texts.created(name) });
  const update = useChange('updatePolicy', { changes: [...changes], done: ({ name }) => texts.changed(name) });
  const { error, isPending, reset } = policy ? update : create;

  const send = (draft: PolicyDraft) => {
    if (policy)
      return update.mutateAsync({
        call: { params: { ...params, policyId: policy.id }, body: toPolicyChange(draft) },
        options: { ifMatch: `"${input.version}"` },
      });
    return create.mutateAsync({ call: { params, body: toPolicyInput(draft) } });
  };

  return {
    error,
    busy: isPending,
    /** Resolves to whether the API accepted the draft. */
    save: (draft: PolicyDraft): Promise<boolean> => input.send(send(draft)),
    /** After a 412 response, reads the current version, so that the next save replaces it. */
    reload: async () => {
      if (!policy) return;
      input.rebase((await callApi('getPolicy', { params: { ...params, policyId: policy.id } })).version);
      reset();
    },
  };
};
