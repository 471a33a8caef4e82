/** What a link carries: where the invite is, and the secret that opens it. */
export interface InviteToken {
  organizationId: string;
  inviteId: string;
  secret: string;
}

export const formatToken = ({ organizationId, inviteId, secret }: InviteToken): string =>
  `${organizationId}.${inviteId}.${secret}`;

export const parseToken = (token: string): InviteToken | undefined => {
  const match = /^(org_[0-9A-Z]{26})\.(inv_[0-9A-Z]{26})\.([A-Za-z0-9_-]{43})$/.exec(token.trim());
  const [, organizationId, inviteId, secret] = match ?? [];
  return organizationId && inviteId && secret ? { organizationId, inviteId, secret } : undefined;
};

/** The path of the accept page, as links contain it. */
export const acceptPath = '/invites/accept';

/** The link of a mail. The token is in the fragment, which browsers send to nobody. */
export const inviteLink = (baseUrl: string, token: InviteToken): string =>
  `${baseUrl}${acceptPath}#${formatToken(token)}`;
