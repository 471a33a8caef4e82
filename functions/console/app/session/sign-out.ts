import { removeDrafts } from '../data/draft-store.ts';
import { forgetResponses } from '../data/kept-responses.ts';
import { closeSession, leaveDirectory } from './session.ts';

/** Signs the person out, here and at the user directory, and deletes their drafts and cached responses from this browser. */
export const signOut = async (): Promise<void> => {
  removeDrafts();
  await closeSession();
  forgetResponses();
  leaveDirectory();
};
