import { useState } from 'react';
import { ProblemError } from '../data/problem-error.ts';
import { useChange } from '../data/use-change.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { problemsIn, toBody, withTyped, type InviteBody, type InviteDraft, type InviteResult } from './invite-draft.ts';
import { useSendInvites } from './use-send-invites.ts';

interface InviteFormOptions {
  draft: InviteDraft;
  onChange: (draft: InviteDraft) => void;
  onSent: (body: InviteBody, results: InviteResult[]) => void;
}

/**
 * Sends the form in two steps: a dry run, which shows the outcomes, and the request itself. Any change of the input discards the
 * dry run.
 */
export const useInviteForm = ({ draft, onChange, onSent }: InviteFormOptions) => {
  const { params } = useOrganization();
  const dryRun = useChange('inviteUsers', { changes: [] });
  const { send, busy, error: sendError } = useSendInvites();
  const [tried, setTried] = useState(false);
  const [asked, setAsked] = useState<{ body: InviteBody; results?: InviteResult[]; sending?: boolean }>();

  const body = toBody(draft);
  const current =
    asked && draft.typed.trim() === '' && JSON.stringify(asked.body) === JSON.stringify(body) ? asked : undefined;
  const error = current ? (current.sending ? sendError : dryRun.error) : null;
  const refused = error instanceof ProblemError ? (error.problem.errors ?? []) : [];

  const review = async () => {
    setTried(true);
    const whole = withTyped(draft);
    onChange(whole);
    if (problemsIn(whole).length > 0) return;
    const given = toBody(whole);
    setAsked({ body: given });
    const { results } = await dryRun.mutateAsync({ call: { params, body: { ...given, dryRun: true } } });
    setAsked({ body: given, results });
  };

  return {
    error,
    errors: [...(tried ? problemsIn(draft) : []), ...refused],
    /** The outcomes of the dry run. Absent if the input has changed since. */
    forecast: current?.results,
    reviewing: dryRun.isPending,
    sending: busy,
    review: () => review().catch(() => undefined),
    send: async () => {
      setAsked((now) => now && { ...now, sending: true });
      await send(body).then(
        (results) => onSent(body, results),
        () => undefined,
      );
    },
  };
};
