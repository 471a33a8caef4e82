import Box from '@cloudscape-design/components/box';
import { callApi } from '../data/client.ts';
import { EachModal } from './each-modal.tsx';
import type { Resource } from './resource.ts';
import { resourcesTexts as texts } from './texts.ts';

interface DeleteResourcesModalProps {
  resources: Resource[];
  onClose: (left: Resource[]) => void;
}

export const DeleteResourcesModal = ({ resources, onClose }: DeleteResourcesModalProps) => (
  <EachModal
    resources={resources}
    action={texts.delete}
    act={(call, options) => callApi('deleteResource', call, options)}
    say={texts.deleted}
    onClose={onClose}
  >
    {() => <Box>{texts.deleteText}</Box>}
  </EachModal>
);
