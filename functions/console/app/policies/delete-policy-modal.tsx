import { useChange } from '../data/use-change.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { DeleteModal } from '../parts/delete-modal.tsx';
import type { Policy } from './policy.ts';
import { policiesTexts as texts } from './texts.ts';

interface DeletePolicyModalProps {
  policy: Policy;
  onClose: () => void;
}

export const DeletePolicyModal = ({ policy: { id, name }, onClose }: DeletePolicyModalProps) => {
  const { params } = useOrganization();
  const remove = useChange('deletePolicy', {
    changes: ['listPolicies', 'getUserAssets'],
    done: () => texts.deleted(name),
  });
  return (
    <DeleteModal
      header={texts.delete(name)}
      text={texts.deleteText}
      error={remove.error}
      busy={remove.isPending}
      onDelete={() => remove.mutateAsync({ call: { params: { ...params, policyId: id } } })}
      onClose={onClose}
    />
  );
};
