import { entryOf } from '../../../../shared/open-enum.ts';
import { errorCodes } from '../../../../shared/errors.ts';
import { inviteChangesMax } from '../../../../shared/limits.ts';
import { callApi, type CallOf, type ValueOf } from '../data/client.ts';
import { ProblemError } from '../data/problem-error.ts';
import type { BulkRequest } from '../parts/bulk.ts';
import type { Invite } from './invite.ts';

type Result = ValueOf<'changeInvites'>['results'][number];

/** The bulk request that resends or revokes invites. */
export const changeInvites = (
  params: CallOf<'changeInvites'>['params'],
  action: 'resend' | 'revoke',
): BulkRequest<Invite> => ({
  size: inviteChangesMax,
  send: async (invites) => {
    const { results } = await callApi('changeInvites', { params, body: { action, ids: invites.map(({ id }) => id) } });
    const refused = new Map(results.filter(({ ok }) => !ok).map((result) => [result.id, result]));
    return invites.flatMap((invite) => {
      const result = refused.get(invite.id);
      return result ? [{ item: invite, error: toError(result) }] : [];
    });
  },
});

/** The error that a request for this invite alone would have thrown. */
const toError = ({ code = 'fault', detail, retryAfter }: Result): ProblemError => {
  const [status, title] = entryOf(errorCodes, code) ?? [500, code];
  return new ProblemError({ type: 'about:blank', title, status, code, detail, requestId: '' }, retryAfter);
};
