import FormField from '@cloudscape-design/components/form-field';
import { callApi } from '../data/client.ts';
import { objectOf, optionalShape } from '../parts/draft-shape.ts';
import { idsOf, useDraft } from '../parts/use-draft.ts';
import { chosenUserShape, UserSelect, type ChosenUser } from '../parts/user-select.tsx';
import { ChangeResourcesModal } from './change-resources-modal.tsx';
import type { Resource } from './resource.ts';
import { resourcesTexts as texts } from './texts.ts';

interface GiveResourcesModalProps {
  resources: Resource[];
  /** Called with the resources that have the new owner. */
  onClose: (done: Resource[]) => void;
}

interface GiveDraft {
  owner?: ChosenUser | undefined;
}

export const GiveResourcesModal = ({ resources, onClose }: GiveResourcesModalProps) => {
  const draft = useDraft<GiveDraft>({
    name: 'give-resources',
    of: idsOf(resources),
    initial: {},
    shape: objectOf<GiveDraft>({ owner: optionalShape(chosenUserShape) }),
  });
  const { owner } = draft.value;
  return (
    <ChangeResourcesModal
      resources={resources}
      action={texts.give}
      change={
        owner && ((call, options) => callApi('updateResource', { ...call, body: { ownerId: owner.id } }, options))
      }
      draft={draft}
      done={(count) => texts.given(count, owner?.name ?? '')}
      onClose={onClose}
    >
      {(tried) => (
        <FormField label={texts.newOwner} errorText={tried && !owner ? texts.chooseOwner : undefined} stretch>
          <UserSelect value={owner} onChange={(chosen) => draft.set({ owner: chosen })} />
        </FormField>
      )}
    </ChangeResourcesModal>
  );
};
