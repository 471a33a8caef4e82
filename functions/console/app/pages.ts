import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import { meTexts } from './me/texts.ts';
import { shellTexts } from './shell/texts.ts';
import { personTexts } from './users/person-texts.ts';
import { usersTexts } from './users/texts.ts';

interface ConsolePage {
  /** Behind the organization: `/users` is at `/console/<organization>/users`. A person may link to it: it stays. */
  path: string;
  title: string;
  /** Where the sidebar lists it. Absent: it is reached from another page. */
  section?: 'main' | 'settings';
  /** Loaded when it is first opened. */
  page: LazyExoticComponent<ComponentType>;
}

/** Every page of the console, in the order of the sidebar. */
export const pages: ConsolePage[] = [
  {
    path: '/users',
    title: usersTexts.users,
    section: 'main',
    page: lazy(() => import('./users/users-page.tsx')),
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

export const sectionTitles = { settings: shellTexts.settings };
