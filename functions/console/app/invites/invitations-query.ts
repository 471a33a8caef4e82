import { inviteReminderDays } from '../../../../shared/limits.ts';
import type { CallOf } from '../data/client.ts';

type InvitesQuery = NonNullable<CallOf<'listInvites'>['query']>;

/** The filters of the invitations, as the address of the page has them. */
export interface InvitationFilters extends Pick<InvitesQuery, 'search' | 'status' | 'delivery' | 'inviterId'> {
  /** Those that expire soon, as the totals count them. */
  expiring?: 'true' | undefined;
}

export const filterNames = ['search', 'status', 'delivery', 'inviterId', 'expiring'] as const;

export const noFilters: InvitationFilters = {
  search: undefined,
  status: undefined,
  delivery: undefined,
  inviterId: undefined,
  expiring: undefined,
};

/** The query for these filters at a time, in milliseconds since 1970. */
export const invitationsQuery = ({ expiring, ...filters }: InvitationFilters, now: number): InvitesQuery => ({
  ...filters,
  expiresBefore: expiring ? new Date(now + inviteReminderDays * millisecondsPerDay).toISOString() : undefined,
});

const millisecondsPerDay = 86_400_000;

/** The page of the invitations with these filters. */
export const invitationsPath = (filters: InvitationFilters): string => {
  const given = Object.entries(filters).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return `/settings/invitations?${new URLSearchParams(given).toString()}`;
};
