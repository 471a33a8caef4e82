import { inviteReminderDays } from '../../../../shared/limits.ts';
import { day } from '../../../../shared/time.ts';
import type { CallOf } from '../data/client.ts';

type InvitesQuery = NonNullable<CallOf<'listInvites'>['query']>;

/** The filters of the list of invitations. They are parameters of the page's address. */
export interface InvitationFilters extends Pick<InvitesQuery, 'search' | 'status' | 'delivery' | 'inviterId'> {
  /** Selects invitations that expire soon, by the same limit as the totals on the page of the users. */
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

/** Converts the filters to the query of the API. `now`: milliseconds since 1970. */
export const invitationsQuery = ({ expiring, ...filters }: InvitationFilters, now: number): InvitesQuery => ({
  ...filters,
  expiresBefore: expiring ? new Date(now + inviteReminderDays * day).toISOString() : undefined,
});

/** The address of the list of invitations with these filters. */
export const invitationsPath = (filters: InvitationFilters): string => {
  const given = Object.entries(filters).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return `/settings/invitations?${new URLSearchParams(given).toString()}`;
};
