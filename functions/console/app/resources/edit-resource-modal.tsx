import { useState } from 'react';
import { callApi } from '../data/client.ts';
import { useChange } from '../data/use-change.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { parseAmount } from '../parts/amount.ts';
import { FormModal } from '../parts/form-modal.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { placeProblem } from '../parts/problem.ts';
import { shellTexts } from '../shell/texts.ts';
import { isComplete, missingInResource, ResourceFields, type ResourceDraft } from './resource-fields.tsx';
import { resourceChanges, type Resource } from './resource.ts';
import { toDrafts, toTags } from './tag-draft.ts';
import { resourcesTexts as texts } from './texts.ts';
import { useResourceRights } from './use-resource-rights.ts';

interface EditResourceModalProps {
  resource: Resource;
  onClose: () => void;
}

export const EditResourceModal = ({ resource, onClose }: EditResourceModalProps) => {
  const { params } = useOrganization();
  const { whyNot } = useResourceRights();
  const [base, setBase] = useState(resource);
  // What was typed. All else is as it is now, also after a reload.
  const [typed, setTyped] = useState<Partial<ResourceDraft>>({});
  const [tried, setTried] = useState(false);
  const change = useChange('updateResource', { changes: resourceChanges, done: ({ name }) => texts.edited(name) });
  const call = { params: { ...params, resourceId: resource.id } };

  const draft: ResourceDraft = {
    name: base.name,
    cost: base.monthlyCost === undefined ? '' : String(base.monthlyCost),
    tags: toDrafts(base.tags),
    ...typed,
  };
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
    const options = { ifMatch: `"${base.version}"` };
    await change.mutateAsync({ call: { ...call, body }, options }).then(onClose, () => undefined);
  };
  const reload = async () => {
    setBase(await callApi('getResource', call));
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
    >
      <ProblemAlert error={change.error} placed={problem} reload={reload} />
      <ResourceFields
        value={draft}
        onChange={(changed) => setTyped({ ...typed, ...changed })}
        errorAt={(pointer) => (tried ? missing[pointer] : undefined) ?? problem.at(pointer)}
        costFixed={whyNot('manage', base)}
        tried={tried}
      />
    </FormModal>
  );
};
