import { useChange } from '../data/use-change.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { inWords } from '../parts/problem.ts';
import { useFlash } from '../shell/flash.tsx';
import { shellTexts } from '../shell/texts.ts';
import { handedOver } from './handed-over.ts';
import { removalTexts as texts } from './removal-texts.ts';
import type { User } from './user.ts';

/** Brings a deleted user back; a flash says how it went. */
export const useRestoreUser = () => {
  const { params } = useOrganization();
  const flash = useFlash();
  const { mutateAsync, isPending } = useChange('restoreUser', { changes: handedOver });

  const restore = async (user: Pick<User, 'id' | 'name'>): Promise<void> => {
    const notice = `removal ${user.id}`;
    flash.progress(notice, texts.restoring(user.name));
    try {
      await mutateAsync({ call: { params: { ...params, userId: user.id } } });
      flash.show(notice, { type: 'success', content: texts.restored(user.name) });
    } catch (error) {
      flash.show(notice, {
        type: 'error',
        header: texts.notRestored(user.name),
        content: inWords(error),
        buttonText: shellTexts.tryAgain,
        onButtonClick: () => void restore(user),
      });
    }
  };
  return { restore, busy: isPending };
};
