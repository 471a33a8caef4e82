import { changeKinds, type Change, type ChangeKind } from '../../shared/mail/notice.ts';

const organization = 'Acme FinOps and its Subsidiaries';
const email = `${'grace.hopper'.repeat(4)}@example.com`;

/** The facts that an email of each kind contains. */
export const noticeFacts: Record<ChangeKind, Change['facts']> = {
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

/** The changes of emails of each kind, and of emails that report several changes. */
export const reportedExamples: Record<string, Change[]> = {
  ...Object.fromEntries(changeKinds.map((kind) => [kind, [{ kind, facts: noticeFacts[kind] }]])),
  successions: Array.from({ length: 100 }, (_, index) => ({
    kind: 'assets_taken_over' as const,
    facts: { organization, leaver: `Cyd Charisse ${index + 1}` },
  })),
  summary: (['roles_changed', 'assets_taken_over', 'assets_given_back', 'new_invite_requested'] as const).map(
    (kind) => ({ kind, facts: noticeFacts[kind] }),
  ),
};
