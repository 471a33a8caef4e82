import { inviteChangesMax } from '../../../../shared/limits.ts';
import { callApi, type CallOf } from '../data/client.ts';
import { eachBatch } from '../parts/bulk-outcomes.ts';
import type { BulkRequest } from '../parts/bulk.ts';
import type { Invite } from './invite.ts';

/** The bulk request that resends or revokes invites. */
export const changeInvites = (
  params: CallOf<'changeInvites'>['params'],
  action: 'resend' | 'revoke',
): BulkRequest<Invite> =>
  eachBatch({
    size: inviteChangesMax,
    send: async (ids) => (await callApi('changeInvites', { params, body: { action, ids } })).results,
  });
