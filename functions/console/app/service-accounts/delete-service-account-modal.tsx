import { useChange } from '../data/use-change.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { DeleteModal } from '../parts/delete-modal.tsx';
import type { ServiceAccount } from './service-account.ts';
import { serviceAccountsTexts as texts } from './texts.ts';

interface DeleteServiceAccountModalProps {
  account: ServiceAccount;
  onClose: () => void;
}

export const DeleteServiceAccountModal = ({ account: { id, name }, onClose }: DeleteServiceAccountModalProps) => {
  const { params } = useOrganization();
  const remove = useChange('deleteServiceAccount', {
    changes: ['listServiceAccounts', 'listInvites'],
    done: () => texts.deleted(name),
  });
  return (
    <DeleteModal
      header={texts.deleteOf(name)}
      text={texts.deleteText}
      error={remove.error}
      busy={remove.isPending}
      onDelete={() => remove.mutateAsync({ call: { params: { ...params, serviceAccountId: id } } })}
      onClose={onClose}
    />
  );
};
