import { resumeSession, signIn } from '../session/session.ts';
import { signOut } from '../session/sign-out.ts';

/** Shows whether requests that the reader tries out have the reader's access token, and lets the reader sign in or out. */
export const showSignIn = async (): Promise<void> => {
  const signedIn = await resumeSession();
  const status = document.getElementById('session');
  if (status) status.textContent = signedIn ? 'Requests that you try are sent with your sign-in.' : '';
  const button = document.querySelector('button');
  if (!button) return;
  button.textContent = signedIn ? 'Sign out' : 'Sign in';
  button.addEventListener('click', () => void (signedIn ? signOut() : signIn()));
  button.hidden = false;
};
