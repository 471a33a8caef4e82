import FormField from '@cloudscape-design/components/form-field';
import { useCallback } from 'react';
import { callApi } from '../data/client.ts';
import { usePools, type Pool } from '../organization/use-pools.ts';
import { objectOf, optionalShape, textShape } from '../parts/draft-shape.ts';
import { PoolSelect } from '../parts/pool-select.tsx';
import { idsOf, useDraft } from '../parts/use-draft.ts';
import { useRights } from '../rights/use-rights.ts';
import { ChangeResourcesModal } from './change-resources-modal.tsx';
import type { Resource } from './resource.ts';
import { resourcesTexts as texts } from './texts.ts';

interface MoveResourcesModalProps {
  resources: Resource[];
  /** Called with the moved resources. */
  onClose: (moved: Resource[]) => void;
}

interface MoveDraft {
  poolId?: string | undefined;
}

export const MoveResourcesModal = ({ resources, onClose }: MoveResourcesModalProps) => {
  const { whyNot } = useRights();
  const { tree } = usePools();
  const draft = useDraft<MoveDraft>({
    name: 'move-resources',
    of: idsOf(resources),
    initial: {},
    shape: objectOf<MoveDraft>({ poolId: optionalShape(textShape) }),
  });
  const { poolId } = draft.value;
  const disabledBecause = useCallback(
    ({ id }: Pool): string | undefined => {
      if (resources.every((resource) => resource.poolId === id)) return texts.alreadyThere;
      return whyNot('manage_resources', { poolId: id });
    },
    [resources, whyNot],
  );
  return (
    <ChangeResourcesModal
      resources={resources}
      action={texts.move}
      change={
        poolId === undefined
          ? undefined
          : (call, options) => callApi('updateResource', { ...call, body: { poolId } }, options)
      }
      draft={draft}
      done={(count) => texts.moved(count, tree.get(poolId ?? '')?.name ?? '')}
      onClose={onClose}
    >
      {(tried) => (
        <FormField
          label={texts.newPool}
          errorText={tried && poolId === undefined ? texts.choosePool : undefined}
          stretch
        >
          <PoolSelect
            value={poolId}
            onChange={(chosen) => draft.set({ poolId: chosen })}
            disabledBecause={disabledBecause}
          />
        </FormField>
      )}
    </ChangeResourcesModal>
  );
};
