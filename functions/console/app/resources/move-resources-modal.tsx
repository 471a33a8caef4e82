import FormField from '@cloudscape-design/components/form-field';
import { useCallback, useState } from 'react';
import { callApi } from '../data/client.ts';
import { usePools, type Pool } from '../organization/use-pools.ts';
import { PoolSelect } from '../parts/pool-select.tsx';
import { useRights } from '../rights/use-rights.ts';
import { ChangeResourcesModal } from './change-resources-modal.tsx';
import type { Resource } from './resource.ts';
import { resourcesTexts as texts } from './texts.ts';

interface MoveResourcesModalProps {
  resources: Resource[];
  /** Called with the moved resources. */
  onClose: (moved: Resource[]) => void;
}

export const MoveResourcesModal = ({ resources, onClose }: MoveResourcesModalProps) => {
  const { whyNot } = useRights();
  const { tree } = usePools();
  const [poolId, setPoolId] = useState<string>();
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
      done={(count) => texts.moved(count, tree.get(poolId ?? '')?.name ?? '')}
      onClose={onClose}
    >
      {(tried) => (
        <FormField
          label={texts.newPool}
          errorText={tried && poolId === undefined ? texts.choosePool : undefined}
          stretch
        >
          <PoolSelect value={poolId} onChange={setPoolId} disabledBecause={disabledBecause} />
        </FormField>
      )}
    </ChangeResourcesModal>
  );
};
