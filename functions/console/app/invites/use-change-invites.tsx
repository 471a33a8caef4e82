import { entryOf } from '../../../../shared/open-enum.ts';
import { useChange } from '../data/use-change.ts';
import type { ValueOf } from '../data/client.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { formatDistance } from '../parts/format.ts';
import { useFlash } from '../shell/flash.tsx';
import { problemTexts } from '../shell/texts.ts';
import type { Invite } from './invite.ts';
import { invitationsTexts as texts } from './texts.ts';

type Result = ValueOf<'changeInvites'>['results'][number];

/** Resends or revokes invites, and says what came of each. Throws when the request as a whole was not taken. */
export const useChangeInvites = () => {
  const { params } = useOrganization();
  const flash = useFlash();
  const { mutateAsync, isPending, error } = useChange('changeInvites', { changes: ['listInvites'] });

  const change = async (action: 'resend' | 'revoke', invites: Invite[]): Promise<void> => {
    const { results } = await mutateAsync({ call: { params, body: { action, ids: invites.map(({ id }) => id) } } });
    const refused = results.filter(({ ok }) => !ok);
    const done = results.length - refused.length;
    if (done > 0) flash.success(action === 'resend' ? texts.resent(done) : texts.revoked(done));
    if (refused.length === 0) return;
    const emails = new Map(invites.map(({ id, email }) => [id, email]));
    flash.error(
      action === 'resend' ? texts.notResent(refused.length) : texts.notRevoked(refused.length),
      refused.map((result) => (
        <div key={result.id}>{texts.refused(emails.get(result.id) ?? '', reasonOf(result))}</div>
      )),
    );
  };

  return { change, busy: isPending, error };
};

const reasonOf = ({ code, detail, retryAfter }: Result): string => {
  const reason = (code && entryOf(problemTexts, code)) ?? detail ?? code ?? '';
  return retryAfter === undefined ? reason : `${reason} ${texts.tryAgain(formatDistance(retryAfter))}`;
};
