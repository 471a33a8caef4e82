import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import { poolsTexts } from './pools/texts.ts';
import { resourcesTexts } from './resources/texts.ts';
import { shellTexts } from './shell/texts.ts';
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
    path: '/pools',
    title: poolsTexts.pools,
    section: 'main',
    page: lazy(() => import('./pools/pools-page.tsx')),
  },
  { path: '/pools/:poolId', title: poolsTexts.pool, page: lazy(() => import('./pools/pool-page.tsx')) },
  {
    path: '/resources',
    title: resourcesTexts.resources,
    section: 'main',
    page: lazy(() => import('./resources/resources-page.tsx')),
  },
];

export const sectionTitles = { settings: shellTexts.settings };
