import type { ValueOf } from '../data/client.ts';

export type Invite = ValueOf<'listInvites'>['items'][number];

/** Whether the email of the invite waits to be sent, so that the displayed state will soon be out of date. */
export const isQueued = ({ status, delivery }: Invite): boolean => status === 'pending' && delivery === 'queued';
