import type { ErrorCode } from '../errors.ts';
import { isKnown } from '../open-enum.ts';
import { parseOrganization, type Organization } from '../organizations/organization.ts';
import type { Secrets } from '../ports.ts';
import { fail, ok, type Result } from '../result.ts';
import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { findInvite } from './find-invite.ts';
import { type Invite } from './invite.ts';
import { inviteStatuses, type InviteStatus } from './invite-status.ts';
import { parseToken } from './token.ts';

/** A request with the token of an invite link. */
interface WithToken {
  body: { token: string };
}

/** The declaration of operations that open an invite by its link: the token names the organization and the invite. */
export const linkDeclaration = {
  tenant: ({ body }: WithToken) => parseToken(body.token)?.organizationId,
  reads: ({ body }: WithToken) => {
    const token = parseToken(body.token);
    return token ? [keys.invite(token.organizationId, token.inviteId), keys.organization(token.organizationId)] : [];
  },
};

/** An invite that was opened by its link, and its organization. */
export interface OpenedInvite {
  invite: Invite;
  organization: Organization;
}

/** The invite that a token names, and the hash of the token's secret. */
interface FoundInvite extends OpenedInvite {
  secretHash: string;
}

/** Finds the invite that a token names, whatever its secret. One request. */
const findByToken = async (
  { secrets, table }: { secrets: Secrets; table: Table },
  { body }: WithToken,
): Promise<Result<FoundInvite>> => {
  const token = parseToken(body.token);
  if (!token) return fail('invite_not_found', 'The link is incomplete.');
  const { organizationId, inviteId, secret } = token;
  const [invite, organization] = await Promise.all([
    findInvite(table, organizationId, inviteId),
    table.get(keys.organization(organizationId)),
  ]);
  return invite
    ? ok({ invite, organization: parseOrganization(organization), secretHash: secrets.hash(secret) })
    : fail('invite_not_found');
};

/**
 * Finds the invite of a link. A wrong secret fails like an unknown id, so that guessing reveals nothing. A superseded secret
 * has a failure of its own. One request.
 */
export const openInvite = async (
  services: { secrets: Secrets; table: Table },
  request: WithToken,
): Promise<Result<OpenedInvite>> => {
  const found = await findByToken(services, request);
  if (!found.ok) return found;
  const { invite, secretHash } = found.value;
  if (invite.supersededHashes.includes(secretHash))
    return fail('invite_superseded', 'Use the link in the newest email.');
  return invite.secretHashes.includes(secretHash) ? found : fail('invite_not_found');
};

/** Finds the invite of a link for blocking. The secret that opens the invite is not enough. One request. */
export const openBlockLink = async (
  services: { secrets: Secrets; table: Table },
  request: WithToken,
): Promise<Result<OpenedInvite>> => {
  const found = await findByToken(services, request);
  if (!found.ok) return found;
  const { invite, secretHash } = found.value;
  return invite.blockHashes?.includes(secretHash) ? found : fail('invite_not_found');
};

/** The failure of a link whose invite is not pending. A status that only a newer version of Roster knows is reported as revoked. */
export const deadCode = (status: Exclude<Invite['status'], 'pending'>): ErrorCode =>
  isKnown(inviteStatuses, status) ? deadCodes[status] : 'invite_revoked';

const deadCodes = {
  needs_roles: 'invite_void',
  accepted: 'invite_accepted',
  declined: 'invite_declined',
  revoked: 'invite_revoked',
  expired: 'invite_expired',
  already_member: 'already_member',
  blocked: 'invite_blocked',
} as const satisfies Record<Exclude<InviteStatus, 'pending'>, ErrorCode>;
