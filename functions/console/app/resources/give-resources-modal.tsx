import FormField from '@cloudscape-design/components/form-field';
import { useState } from 'react';
import { callApi } from '../data/client.ts';
import { UserSelect, type ChosenUser } from '../parts/user-select.tsx';
import { EachModal } from './each-modal.tsx';
import type { Resource } from './resource.ts';
import { resourcesTexts as texts } from './texts.ts';

interface GiveResourcesModalProps {
  resources: Resource[];
  onClose: (left: Resource[]) => void;
}

export const GiveResourcesModal = ({ resources, onClose }: GiveResourcesModalProps) => {
  const [owner, setOwner] = useState<ChosenUser>();
  return (
    <EachModal
      resources={resources}
      action={texts.give}
      act={owner && ((call, options) => callApi('updateResource', { ...call, body: { ownerId: owner.id } }, options))}
      say={(count) => texts.given(count, owner?.name ?? '')}
      onClose={onClose}
    >
      {(tried) => (
        <FormField label={texts.newOwner} errorText={tried && !owner ? texts.chooseOwner : undefined} stretch>
          <UserSelect value={owner} onChange={setOwner} />
        </FormField>
      )}
    </EachModal>
  );
};
