import { callApi } from '../data/client.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { eachItem } from '../parts/bulk.ts';
import { useBulkNotice } from '../parts/use-bulk-notice.ts';
import { handedOver } from './handed-over.ts';
import { removalTexts as texts } from './removal-texts.ts';
import type { User } from './user.ts';

type DeletedUser = Pick<User, 'id' | 'name' | 'removedAt'>;

/**
 * Restores deleted users, the last deleted first, because a successor who was deleted too must be restored before the users whose
 * assets they took over. One notice shows the progress and the result.
 */
export const useRestoreUsers = (onDone?: (restored: DeletedUser[]) => void) => {
  const { params } = useOrganization();
  const { start, busy } = useBulkNotice<DeletedUser>({
    words: { nameOf: ({ name }) => name, done: texts.restored },
    changes: handedOver,
    ...(onDone && { onDone }),
  });
  const request = eachItem(({ id }: DeletedUser) => callApi('restoreUser', { params: { ...params, userId: id } }), {
    inOrder: true,
  });
  return {
    busy,
    /** `users`: in the order of their deletion, in case their times are unknown. `notice`: the id of the notice to replace. */
    restore: (users: readonly DeletedUser[], notice?: string): void =>
      void start(users.toSorted(byDeletion).toReversed(), request, notice),
  };
};

/** The sort is stable, so users without a time keep their order. */
const byDeletion = (a: DeletedUser, b: DeletedUser): number => (a.removedAt ?? '').localeCompare(b.removedAt ?? '');
