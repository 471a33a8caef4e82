import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import { DataTable } from '../parts/data-table.tsx';
import { usePages } from '../data/use-pages.ts';
import { invitationsColumns } from '../invites/invitations-columns.tsx';
import { invitationsPath } from '../invites/invitations-query.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { PageLink } from '../parts/page-link.tsx';
import { Empty, LoadError } from '../parts/states.tsx';
import { personTexts as texts } from './person-texts.ts';
import type { User } from './user.ts';

const invitationsPerPage = 20;

/** All columns except the sender, who is the same for all rows. */
const columns = invitationsColumns.filter(({ id }) => id !== 'invitedBy');

/** The invitations that a user sent, newest first. */
export const PersonInvitations = ({ user: { id, name } }: { user: User }) => {
  const { params } = useOrganization();
  const invites = usePages('listInvites', { params, query: { inviterId: id } }, invitationsPerPage);
  return (
    <DataTable
      items={invites.items}
      trackBy="id"
      loading={invites.busy}
      wrapLines
      columnDefinitions={columns}
      ariaLabels={{ tableLabel: texts.tabs.invitations }}
      header={
        <Header
          variant="h2"
          description={<PageLink to={invitationsPath({ inviterId: id })}>{texts.toInvitations}</PageLink>}
        >
          {texts.tabs.invitations}
        </Header>
      }
      pagination={<Pagination {...invites.pagination} />}
      empty={
        invites.error ? (
          <LoadError error={invites.error} retry={invites.refetch} />
        ) : (
          <Empty title={texts.noInvitations(name)} />
        )
      }
    />
  );
};
