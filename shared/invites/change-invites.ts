import type { Operation, Output } from '../api/route.ts';
import { ok } from '../result.ts';
import type { inviteRoutes } from './invite-routes.ts';
import { resendInvite } from './resend-invite.ts';
import { revokeInvite } from './revoke-invite.ts';

type ChangeInvites = typeof inviteRoutes.changeInvites;
type Outcome = Output<ChangeInvites>['results'][number];

/** Invites that are changed at a time: each is a transaction of its own. */
const atOnce = 5;

export const changeInvites: Operation<ChangeInvites> =
  (services) =>
  async (actor, { params, body }) => {
    const change = (body.action === 'resend' ? resendInvite : revokeInvite)(services);
    const changeOne = async (inviteId: string): Promise<Outcome> => {
      const result = await change(actor, { params: { ...params, inviteId }, query: {}, body: undefined });
      if (result.ok) return { id: inviteId, ok: true, invite: result.value };
      const { code, detail, retryAfter } = result.error;
      return {
        id: inviteId,
        ok: false,
        code,
        ...(detail !== undefined && { detail }),
        ...(retryAfter !== undefined && { retryAfter }),
      };
    };
    const ids = [...new Set(body.ids)];
    const results: Outcome[] = [];
    for (let start = 0; start < ids.length; start += atOnce)
      results.push(...(await Promise.all(ids.slice(start, start + atOnce).map(changeOne))));
    return ok({ results });
  };
