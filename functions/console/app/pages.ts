import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import type { Action } from '../../../shared/roles/matrix.ts';
import { auditTexts } from './audit/texts.ts';
import { dataSourcesTexts } from './data-sources/texts.ts';
import { invitationsTexts, inviteTexts } from './invites/texts.ts';
import { meTexts } from './me/texts.ts';
import { policiesTexts } from './policies/texts.ts';
import { securityTexts } from './settings/security-texts.ts';
import { settingsTexts } from './settings/texts.ts';
import { personTexts } from './users/person-texts.ts';
import { poolsTexts } from './pools/texts.ts';
import { resourcesTexts } from './resources/texts.ts';
import { serviceAccountsTexts } from './service-accounts/texts.ts';
import { usersTexts } from './users/texts.ts';

export interface ConsolePage {
  /** The path below the organization: `/users` is at `/console/<organization>/users`. It never changes, because people bookmark it. */
  path: string;
  title: string;
  /** `main`: the sidebar lists it; `settings`: it is a tab of the settings. Absent: it is reached from another page. */
  section?: 'main' | 'settings';
  /** The right that opening the page requires. Absent: everybody in the organization may open it. */
  action?: Action;
  /** The page's modules run when it is first opened. Their code is part of the console's single script. */
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
    action: 'invite_users',
    page: lazy(() => import('./invites/invite-page.tsx')),
  },
  {
    path: '/pools',
    title: poolsTexts.pools,
    section: 'main',
    page: lazy(() => import('./pools/pools-page.tsx')),
  },
  {
    path: '/resources',
    title: resourcesTexts.resources,
    section: 'main',
    page: lazy(() => import('./resources/resources-page.tsx')),
  },
  {
    path: '/settings/organization',
    title: settingsTexts.organization,
    section: 'settings',
    page: lazy(() => import('./settings/organization-page.tsx')),
  },
  {
    path: '/settings/security',
    title: securityTexts.security,
    section: 'settings',
    page: lazy(() => import('./settings/security-page.tsx')),
  },
  {
    path: '/settings/invitations',
    title: invitationsTexts.invitations,
    section: 'settings',
    page: lazy(() => import('./invites/invitations-page.tsx')),
  },
  {
    path: '/settings/policies',
    title: policiesTexts.policies,
    section: 'settings',
    page: lazy(() => import('./policies/policies-page.tsx')),
  },
  {
    path: '/settings/data-sources',
    title: dataSourcesTexts.dataSources,
    section: 'settings',
    page: lazy(() => import('./data-sources/data-sources-page.tsx')),
  },
  {
    path: '/settings/service-accounts',
    title: serviceAccountsTexts.serviceAccounts,
    section: 'settings',
    action: 'manage_service_accounts',
    page: lazy(() => import('./service-accounts/service-accounts-page.tsx')),
  },
  {
    path: '/settings/audit-log',
    title: auditTexts.auditLog,
    section: 'settings',
    action: 'read_audit_log',
    page: lazy(() => import('./audit/audit-page.tsx')),
  },
  { path: '/users/:userId', title: personTexts.user, page: lazy(() => import('./users/person-page.tsx')) },
  { path: '/pools/:poolId', title: poolsTexts.pool, page: lazy(() => import('./pools/pool-page.tsx')) },
  {
    path: '/me',
    title: meTexts.me,
    page: lazy(() => import('./me/me-page.tsx')),
  },
];
