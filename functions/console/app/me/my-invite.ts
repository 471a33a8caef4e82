import type { ValueOf } from '../data/client.ts';

export type MyInvite = ValueOf<'listMyInvites'>['items'][number];

/** The route parameters for accepting or declining an invitation. */
export const paramsOf = ({ id, organization }: MyInvite) => ({ organizationId: organization.id, inviteId: id });
