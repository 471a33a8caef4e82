import type { Pool } from '../organization/use-pools.ts';
import { CreatePoolModal } from './create-pool-modal.tsx';
import { DeletePoolModal } from './delete-pool-modal.tsx';
import { EditPoolModal } from './edit-pool-modal.tsx';
import { MovePoolModal } from './move-pool-modal.tsx';
import type { PoolAction } from './use-pool-rights.ts';

/** The dialog that is open, and its pool. Without a pool, the dialog creates one and asks for the parent. */
export type PoolTask = { action: PoolAction; pool: Pool } | { action: 'create'; pool?: undefined };

interface PoolDialogsProps {
  task: PoolTask | undefined;
  onClose: () => void;
  onDeleted?: () => void;
}

export const PoolDialogs = ({ task, onClose, onDeleted = onClose }: PoolDialogsProps) => {
  if (!task) return null;
  if (task.action === 'create') return <CreatePoolModal parentId={task.pool?.id} onClose={onClose} />;
  const { action, pool } = task;
  if (action === 'edit') return <EditPoolModal pool={pool} onClose={onClose} />;
  if (action === 'move') return <MovePoolModal pool={pool} onClose={onClose} />;
  return <DeletePoolModal pool={pool} onClose={onClose} onDeleted={onDeleted} />;
};
