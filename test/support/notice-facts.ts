import type { Notice } from '../../shared/mail/notice.ts';

const organization = 'Acme FinOps and its Subsidiaries';
const email = `${'grace.hopper'.repeat(4)}@example.com`;

/** The facts that an email of each kind contains. */
export const noticeFacts: Record<Notice['kind'], Notice['facts']> = {
  account_made: { organization, email },
  roles_changed: { organization, actor: 'Ada King', roles: 'Manager in Web, Engineer in Data, Member' },
  assets_taken_over: { organization, leaver: 'Cyd' },
  removed: { organization, successor: 'Dan' },
  restored: { organization, actor: 'Ada King' },
  assets_given_back: { organization, restored: 'Cyd' },
  new_invite_requested: { organization, email },
  address_changed: { organization, name: 'Ada King', before: email, after: 'ada@example.org' },
  address_not_allowed: { organization, name: 'Ada King', before: email, after: 'ada@example.org' },
  address_conflict: { organization, name: 'Ada King', before: email, after: 'ada@example.org' },
};

export const noticeKinds = Object.keys(noticeFacts) as Notice['kind'][];
