import type { Person } from '../actor.ts';
import { evaluateIn, type EvaluatedInvite } from '../invites/evaluate-invite.ts';
import { findNamedInvite, inviteKeys, type NamesInvite } from '../invites/find-invite.ts';
import { parseOrganization, type Organization } from '../organizations/organization.ts';
import type { Account, Services } from '../ports.ts';
import { fail, ok, type Result } from '../result.ts';
import { keys } from '../table/keys.ts';
import { myVerifiedAccount } from '../invites/my-account.ts';

/** The declaration of operations on an invite to the signed-in person. */
export const myInviteDeclaration = {
  tenant: ({ params }: NamesInvite) => params.organizationId,
  reads: (asked: NamesInvite) => [...inviteKeys(asked), keys.organization(asked.params.organizationId)],
};

export type InviteToMe = EvaluatedInvite & { account: Account; organization: Organization };

/** Finds an invite to the verified address of the signed-in person. An invite to somebody else fails like one that does not exist. */
export const findInviteToMe = async (
  services: Pick<Services, 'table' | 'poolTree' | 'directory'>,
  request: NamesInvite & { actor: Person; now: string },
): Promise<Result<InviteToMe>> => {
  const account = await myVerifiedAccount(services, request.actor);
  if (!account.ok) return account;
  const [invite, item] = await Promise.all([
    findNamedInvite(services.table, request),
    services.table.get(keys.organization(request.params.organizationId)),
  ]);
  if (invite?.email !== account.value.email) return fail('invite_not_found');
  const organization = parseOrganization(item);
  const evaluated = await evaluateIn(services, organization, invite, request.now);
  return ok({ ...evaluated, account: account.value, organization });
};
