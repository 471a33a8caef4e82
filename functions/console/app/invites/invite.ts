import type { ValueOf } from '../data/client.ts';

export type Invite = ValueOf<'listInvites'>['items'][number];

/** Its mail will go out by itself; until then what is shown is soon old. */
export const isQueued = ({ status, delivery }: Invite): boolean => status === 'pending' && delivery === 'queued';
