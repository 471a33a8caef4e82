import { CreateResourceModal } from './create-resource-modal.tsx';
import { DeleteResourcesModal } from './delete-resources-modal.tsx';
import { EditResourceModal } from './edit-resource-modal.tsx';
import { GiveResourcesModal } from './give-resources-modal.tsx';
import { MoveResourcesModal } from './move-resources-modal.tsx';
import type { ResourceAction } from './resource-actions.tsx';
import type { Resource } from './resource.ts';

/** The action that the person has started, and the resources that it applies to. */
export type ResourceTask =
  { action: 'create'; poolId: string | undefined } | { action: ResourceAction; resources: Resource[] };

interface ResourceDialogsProps {
  task: ResourceTask | undefined;
  /** Called with the resources for which a bulk action is done. Empty after creating or editing a resource. */
  onClose: (done: Resource[]) => void;
}

export const ResourceDialogs = ({ task, onClose }: ResourceDialogsProps) => {
  if (!task) return null;
  if (task.action === 'create') return <CreateResourceModal poolId={task.poolId} onClose={() => onClose([])} />;
  const { action, resources } = task;
  const [first] = resources;
  if (action === 'edit') return first && <EditResourceModal resource={first} onClose={() => onClose([])} />;
  if (action === 'give') return <GiveResourcesModal resources={resources} onClose={onClose} />;
  if (action === 'move') return <MoveResourcesModal resources={resources} onClose={onClose} />;
  return <DeleteResourcesModal resources={resources} onClose={onClose} />;
};
