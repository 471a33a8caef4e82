import { Fragment } from 'react';
import { useRead } from '../data/use-read.ts';
import { invitationsPath } from '../invites/invitations-query.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { formatSince } from '../parts/format.ts';
import { PageLink } from '../parts/page-link.tsx';
import { usersTexts as texts } from './texts.ts';

/** The list to which each total links. It contains exactly what the total counts. */
const lists = {
  users: '/users',
  pending: invitationsPath({ status: 'pending' }),
  bounced: invitationsPath({ status: 'pending', delivery: 'bounced' }),
  expiring: invitationsPath({ status: 'pending', expiring: 'true' }),
  removed: '/users?status=removed',
} as const;

type Total = keyof typeof lists;

/** The totals of users and invitations, as links to lists. The worker counts them from time to time. */
export const Totals = () => {
  const { params } = useOrganization();
  const { data } = useRead('getTotals', { params });
  const totals = data?.totals;
  if (!totals) return null;
  return (
    <span role="group" aria-label={texts.totals}>
      {(Object.keys(lists) as Total[]).map((total) => {
        const count = totals[total];
        return (
          count !== undefined && (
            <Fragment key={total}>
              <PageLink to={lists[total]}>{texts.total[total](count)}</PageLink>
              {' · '}
            </Fragment>
          )
        );
      })}
      {texts.countedAt(formatSince(totals.asOf))}
    </span>
  );
};
