/** The contents of a link's token: the ids that locate the invite, and the secret that opens it. */
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

/** The path of the accept page in links. */
export const acceptPath = '/invites/accept';

/** The link in an email. The token is in the fragment, which browsers do not send to any server. */
export const inviteLink = (baseUrl: string, token: InviteToken): string =>
  `${baseUrl}${acceptPath}#${formatToken(token)}`;
