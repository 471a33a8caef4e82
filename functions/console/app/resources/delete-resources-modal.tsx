import Box from '@cloudscape-design/components/box';
import { callApi } from '../data/client.ts';
import { ChangeResourcesModal } from './change-resources-modal.tsx';
import type { Resource } from './resource.ts';
import { resourcesTexts as texts } from './texts.ts';

interface DeleteResourcesModalProps {
  resources: Resource[];
  /** Called with the deleted resources. */
  onClose: (deleted: Resource[]) => void;
}

export const DeleteResourcesModal = ({ resources, onClose }: DeleteResourcesModalProps) => (
  <ChangeResourcesModal
    resources={resources}
    action={texts.delete}
    change={(call, options) => callApi('deleteResource', call, options)}
    done={texts.deleted}
    onClose={onClose}
  >
    {() => <Box>{texts.deleteText}</Box>}
  </ChangeResourcesModal>
);
