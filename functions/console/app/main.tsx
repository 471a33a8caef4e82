// oxlint-disable-next-line import/no-unassigned-import -- a style sheet exports nothing
import './main.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { SignInFailed } from './session/sign-in-failed.tsx';
import { openSession } from './session/session.ts';
import { keepFocus } from './shell/keep-focus.ts';
import { startTheme } from './shell/theme.ts';

startTheme();
keepFocus();
const session = await openSession();
const place = document.getElementById('app');
if (place && session !== 'leaving') createRoot(place).render(session === 'failed' ? <SignInFailed /> : <App />);
