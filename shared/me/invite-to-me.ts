import type { Person } from '../actor.ts';
import { findInvite } from '../invites/find-invite.ts';
import type { Invite, InviteStatus } from '../invites/invite.ts';
import { judge } from '../invites/judge-invite.ts';
import { parseOrganization, type Organization } from '../organizations/organization.ts';
import type { Account, Services } from '../ports.ts';
import { fail, ok, type Result } from '../result.ts';
import { keys } from '../table/keys.ts';
import type { Inviter } from '../users/inviter.ts';
import { myVerifiedAccount } from './my-account.ts';

export interface InviteToMe {
  account: Account;
  invite: Invite;
  status: InviteStatus;
  organization: Organization;
  /** Who answers for it, while somebody does. */
  inviter: Inviter | undefined;
}

/** An invite to the verified address of who signed in. Anybody else's is as unknown as one that never was. */
export const inviteToMe = async (
  services: Services,
  actor: Person,
  { organizationId, inviteId }: { organizationId: string; inviteId: string },
): Promise<Result<InviteToMe>> => {
  const { tenantTable, clock } = services;
  const account = await myVerifiedAccount(services, actor);
  if (!account.ok) return account;
  const table = tenantTable(organizationId);
  const invite = await findInvite(table, organizationId, inviteId);
  if (invite?.email !== account.value.email) return fail('invite_not_found');
  const { standing, status } = await judge(table, invite, clock.now());
  const organization = parseOrganization(await table.get(keys.organization(organizationId)));
  const inviter = standing.kind === 'upheld' ? standing.by : undefined;
  return ok({ account: account.value, invite, status, organization, inviter });
};
