import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import { invitationsTexts, inviteTexts } from './invites/texts.ts';
import { meTexts } from './me/texts.ts';
import { settingsTexts } from './settings/texts.ts';
import { personTexts } from './users/person-texts.ts';
import { usersTexts } from './users/texts.ts';

interface ConsolePage {
  /** Behind the organization: `/users` is at `/console/<organization>/users`. A person may link to it: it stays. */
  path: string;
  title: string;
  /** `main`: the sidebar lists it; `settings`: it is a tab of the settings. Absent: it is reached from another page. */
  section?: 'main' | 'settings';
  /** Loaded when it is first opened. */
  page: LazyExoticComponent<ComponentType>;
}

/** Every page of the console, in the order of the sidebar and of the tabs. */
export const pages: ConsolePage[] = [
  {
    path: '/users',
    title: usersTexts.users,
    section: 'main',
    page: lazy(() => import('./users/users-page.tsx')),
  },
  {
    path: '/invite',
    title: inviteTexts.inviteUsers,
    section: 'main',
    page: lazy(() => import('./invites/invite-page.tsx')),
  },
  {
    path: '/settings/organization',
    title: settingsTexts.organization,
    section: 'settings',
    page: lazy(() => import('./settings/organization-page.tsx')),
  },
  {
    path: '/settings/invitations',
    title: invitationsTexts.invitations,
    section: 'settings',
    page: lazy(() => import('./invites/invitations-page.tsx')),
  },
  {
    path: '/users/:userId',
    title: personTexts.user,
    page: lazy(() => import('./users/person-page.tsx')),
  },
  {
    path: '/me',
    title: meTexts.me,
    page: lazy(() => import('./me/me-page.tsx')),
  },
];
