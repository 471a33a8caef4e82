import { isQueued, type Invite } from './invite.ts';

/** How long the page waits for the outcome of a sent email, in milliseconds. Most mail servers respond within seconds. */
const outcomeWait = 60_000;

/**
 * Returns a function that decides when to read a list of invites again, in milliseconds, or false if the delivery of no email is
 * expected to change. A queued email is sent within seconds, unless its delivery detail states why it waits. An email that this
 * page has shown as queued is followed until its outcome.
 */
export const followDeliveries = (now: () => number = Date.now) => {
  const seenQueued = new Set<string>();
  const seenSentAt = new Map<string, number>();
  const isFollowed = ({ id, status, delivery }: Invite): boolean => {
    if (status !== 'pending' || delivery !== 'sent' || !seenQueued.has(id)) return false;
    const sentAt = seenSentAt.get(id) ?? now();
    seenSentAt.set(id, sentAt);
    return now() - sentAt < outcomeWait;
  };
  return (invites: readonly Invite[]): number | false => {
    const queued = invites.filter(isQueued);
    for (const { id } of queued) {
      seenQueued.add(id);
      seenSentAt.delete(id);
    }
    if (queued.some(({ deliveryDetail }) => deliveryDetail === undefined) || invites.some(isFollowed)) return 3_000;
    return queued.length > 0 && 30_000;
  };
};
