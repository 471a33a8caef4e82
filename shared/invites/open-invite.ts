import type { ErrorCode } from '../errors.ts';
import type { Services } from '../ports.ts';
import { parseOrganization, type Organization } from '../organizations/organization.ts';
import { fail, ok, type Result } from '../result.ts';
import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import type { Inviter } from '../users/inviter.ts';
import { findInvite } from './find-invite.ts';
import type { Invite, InviteStatus } from './invite.ts';
import { judge } from './judge-invite.ts';
import { parseToken } from './token.ts';

/** An invite that its link opens, and what it was judged by. */
export interface OpenedInvite {
  invite: Invite;
  /** The hash of the secret that opened it. */
  secretHash: string;
  /** What it is at this instant. */
  status: InviteStatus;
  organization: Organization;
  /** Who answers for it, while somebody does. */
  inviter: Inviter | undefined;
}

/** Finds the invite of a link. A wrong secret is as unknown as a wrong id; a replaced one says so. */
export const openInvite = async (
  { secrets }: Pick<Services, 'secrets'>,
  tableOf: (organizationId: string) => Table,
  token: string,
  now: string,
): Promise<Result<OpenedInvite>> => {
  const parsed = parseToken(token);
  if (!parsed) return fail('invite_not_found', 'The link is not complete.');
  const table = tableOf(parsed.organizationId);
  const invite = await findInvite(table, parsed.organizationId, parsed.inviteId);
  const secretHash = secrets.hash(parsed.secret);
  if (invite?.supersededHashes.includes(secretHash))
    return fail('invite_superseded', 'Use the link of the newest mail.');
  if (!invite?.secretHashes.includes(secretHash)) return fail('invite_not_found');
  const { standing, status } = await judge(table, invite, now);
  const organization = parseOrganization(await table.get(keys.organization(parsed.organizationId)));
  return ok({
    invite,
    secretHash,
    status,
    organization,
    inviter: standing.kind === 'upheld' ? standing.by : undefined,
  });
};

/** The failure of a link whose invite is no longer pending. */
export const deadCode = (status: Exclude<InviteStatus, 'pending'>): ErrorCode => `invite_${status}`;
