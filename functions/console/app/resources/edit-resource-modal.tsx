import { useState } from 'react';
import { callApi } from '../data/client.ts';
import { useChange } from '../data/use-change.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { parseAmount } from '../parts/amount.ts';
import { changedFields } from '../parts/changed-fields.ts';
import { listOf, objectOf, optionalShape, textShape } from '../parts/draft-shape.ts';
import { FormModal } from '../parts/form-modal.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { placeProblem } from '../parts/problem.ts';
import { useDraft } from '../parts/use-draft.ts';
import { shellTexts } from '../shell/texts.ts';
import { isComplete, missingInResource, ResourceFields, type ResourceDraft } from './resource-fields.tsx';
import { resourceChanges, type Resource } from './resource.ts';
import { tagDraftShape, toDrafts, toTags } from './tag-draft.ts';
import { resourcesTexts as texts } from './texts.ts';
import { useResourceRights } from './use-resource-rights.ts';

interface EditResourceModalProps {
  resource: Resource;
  onClose: () => void;
}

const shape = objectOf<Partial<ResourceDraft>>({
  name: optionalShape(textShape),
  cost: optionalShape(textShape),
  tags: optionalShape(listOf(tagDraftShape)),
});

export const EditResourceModal = ({ resource, onClose }: EditResourceModalProps) => {
  const { params } = useOrganization();
  const { whyNot } = useResourceRights();
  const [base, setBase] = useState(resource);
  // Only the changed fields. All other fields show the saved resource, also after a reload.
  const input = useDraft<Partial<ResourceDraft>>({
    name: 'edit-resource',
    of: resource.id,
    version: resource.version,
    initial: {},
    shape,
  });
  const typed = input.value;
  const [tried, setTried] = useState(false);
  const change = useChange('updateResource', { changes: resourceChanges, done: ({ name }) => texts.edited(name) });
  const call = { params: { ...params, resourceId: resource.id } };

  const saved: ResourceDraft = {
    name: base.name,
    cost: base.monthlyCost === undefined ? '' : String(base.monthlyCost),
    tags: toDrafts(base.tags),
  };
  const draft: ResourceDraft = { ...saved, ...typed };
  const missing = missingInResource(draft);
  const problem = placeProblem(change.error, ['/name', '/monthlyCost', '/tags']);

  const submit = async () => {
    setTried(true);
    if (!isComplete(draft)) return;
    const body = {
      name: typed.name,
      monthlyCost: typed.cost === undefined ? undefined : parseAmount(typed.cost),
      tags: typed.tags && toTags(typed.tags),
    };
    const options = { ifMatch: `"${input.version}"` };
    if (await input.send(change.mutateAsync({ call: { ...call, body }, options }))) onClose();
  };
  const reload = async () => {
    const now = await callApi('getResource', call);
    setBase(now);
    input.rebase(now.version);
    change.reset();
  };

  return (
    <FormModal
      size="large"
      header={texts.editOf(resource.name)}
      submit={shellTexts.save}
      onSubmit={submit}
      onClose={onClose}
      busy={change.isPending}
      draft={input}
    >
      <ProblemAlert error={change.error} placed={problem} reload={reload} />
      <ResourceFields
        value={draft}
        onChange={(changed) => input.set(changedFields({ ...typed, ...changed }, saved))}
        errorAt={(pointer) => (tried ? missing[pointer] : undefined) ?? problem.at(pointer)}
        costFixed={whyNot('manage', base)}
        tried={tried}
      />
    </FormModal>
  );
};
