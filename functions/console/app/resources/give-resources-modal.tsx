import FormField from '@cloudscape-design/components/form-field';
import { useState } from 'react';
import { callApi } from '../data/client.ts';
import { UserSelect, type ChosenUser } from '../parts/user-select.tsx';
import { ChangeResourcesModal } from './change-resources-modal.tsx';
import type { Resource } from './resource.ts';
import { resourcesTexts as texts } from './texts.ts';

interface GiveResourcesModalProps {
  resources: Resource[];
  /** Called with the resources that have the new owner. */
  onClose: (done: Resource[]) => void;
}

export const GiveResourcesModal = ({ resources, onClose }: GiveResourcesModalProps) => {
  const [owner, setOwner] = useState<ChosenUser>();
  return (
    <ChangeResourcesModal
      resources={resources}
      action={texts.give}
      change={
        owner && ((call, options) => callApi('updateResource', { ...call, body: { ownerId: owner.id } }, options))
      }
      done={(count) => texts.given(count, owner?.name ?? '')}
      onClose={onClose}
    >
      {(tried) => (
        <FormField label={texts.newOwner} errorText={tried && !owner ? texts.chooseOwner : undefined} stretch>
          <UserSelect value={owner} onChange={setOwner} />
        </FormField>
      )}
    </ChangeResourcesModal>
  );
};
