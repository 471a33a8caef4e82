import { listOf, objectOf, oneOf, optionalShape, textShape } from '../parts/draft-shape.ts';
import { idsOf, useDraft } from '../parts/use-draft.ts';
import { pendingInvitesChoices, safestChoice, type PendingInvitesChoice } from './pending-invites.tsx';
import type { User } from './user.ts';

interface RemovalDraft {
  successor?: User | undefined;
  pendingInvites: PendingInvitesChoice;
}

/** What the person has chosen in a dialog that deletes users. */
export const useRemovalDraft = (leavers: readonly User[]) => {
  const draft = useDraft<RemovalDraft>({
    name: 'delete-users',
    of: idsOf(leavers),
    initial: { pendingInvites: safestChoice },
    shape: objectOf<RemovalDraft>({
      successor: optionalShape(successorShape),
      pendingInvites: oneOf(pendingInvitesChoices),
    }),
  });
  return {
    ...draft.value,
    draft,
    setSuccessor: (successor: User | undefined) => draft.set((value) => ({ ...value, successor })),
    setPendingInvites: (pendingInvites: PendingInvitesChoice) => draft.set((value) => ({ ...value, pendingInvites })),
  };
};

/** The fields on which the dialogs rely. */
const successorShape = objectOf({
  id: textShape,
  name: textShape,
  email: textShape,
  account: textShape,
  roles: listOf(objectOf({ role: textShape })),
});
