import type { ValueOf } from '../data/client.ts';

export type MyInvite = ValueOf<'listMyInvites'>['items'][number];

/** For the calls that answer it. */
export const paramsOf = ({ id, organization }: MyInvite) => ({ organizationId: organization.id, inviteId: id });
