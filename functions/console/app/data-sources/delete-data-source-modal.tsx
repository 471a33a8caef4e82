import { useChange } from '../data/use-change.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { DeleteModal } from '../parts/delete-modal.tsx';
import type { DataSource } from './data-source.ts';
import { dataSourcesTexts as texts } from './texts.ts';

interface DeleteDataSourceModalProps {
  source: DataSource;
  onClose: () => void;
}

export const DeleteDataSourceModal = ({ source: { id, name }, onClose }: DeleteDataSourceModalProps) => {
  const { params } = useOrganization();
  const remove = useChange('deleteDataSource', {
    changes: ['listDataSources', 'getUserAssets'],
    done: () => texts.deleted(name),
  });
  return (
    <DeleteModal
      header={texts.delete(name)}
      text={texts.deleteText}
      error={remove.error}
      busy={remove.isPending}
      onDelete={() => remove.mutateAsync({ call: { params: { ...params, dataSourceId: id } } })}
      onClose={onClose}
    />
  );
};
