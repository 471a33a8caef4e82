import Button from '@cloudscape-design/components/button';
import { useState } from 'react';
import { shownAddress } from '../../../../shared/shown-address.ts';
import { usePages } from '../data/use-pages.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { EmptyList } from '../parts/empty-list.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { presetPreferences } from '../parts/table-preferences.tsx';
import { useBulkNotice } from '../parts/use-bulk-notice.ts';
import { useFilters } from '../parts/use-filters.ts';
import { useOpenDialog } from '../parts/use-open-dialog.ts';
import { usePreferences } from '../parts/use-preferences.ts';
import { useSelection } from '../parts/use-selection.ts';
import { useDebounced } from '../parts/use-debounced.ts';
import { BulkActions } from './bulk-actions.tsx';
import { changeInvites } from './change-invites.ts';
import { CorrectAddressModal } from './correct-address-modal.tsx';
import { EditRolesModal } from './edit-roles-modal.tsx';
import { followDeliveries } from './follow-deliveries.ts';
import { invitationsColumns, rarelyNeeded } from './invitations-columns.tsx';
import { InvitationsFilters } from './invitations-filters.tsx';
import { filterNames, invitationsQuery, noFilters, type InvitationFilters } from './invitations-query.ts';
import { InviteActions, type InviteAction } from './invite-actions.tsx';
import { InviteButton } from './invite-button.tsx';
import type { Invite } from './invite.ts';
import { RevokeModal } from './revoke-modal.tsx';
import { invitationsTexts as texts } from './texts.ts';

const InvitationsPage = () => {
  const { params } = useOrganization();
  const [address, setAddress] = useFilters(filterNames);
  const filters = address as InvitationFilters;
  const [preferences, setPreferences] = usePreferences(
    'invitations',
    presetPreferences(invitationsColumns, rarelyNeeded),
  );
  const [open, setOpen] = useOpenDialog<{ action: InviteAction; invites: [Invite, ...Invite[]] }>('invitations');

  const [refreshAfter] = useState(() => followDeliveries());
  // The time is fixed when the page opens, because a cursor is valid only for the same filters.
  const [openedAt] = useState(() => Date.now());
  const query = invitationsQuery({ ...filters, search: useDebounced(filters.search) }, openedAt);
  const invites = usePages('listInvites', { params, query }, preferences.pageSize, { refreshAfter });
  const { selected, select, unselect } = useSelection(invites.items);
  const [firstSelected, ...otherSelected] = selected;
  const resending = useBulkNotice<Invite>({
    words: { nameOf: ({ email }) => shownAddress(email), done: ({ length }) => texts.resent(length) },
    changes: ['listInvites'],
    onDone: unselect,
  });

  const start = (action: InviteAction, chosen: [Invite, ...Invite[]]) => {
    if (action === 'resend') void resending.start(chosen, changeInvites(params, 'resend'));
    else setOpen({ action, invites: chosen });
  };
  const startSelected = (action: InviteAction) => firstSelected && start(action, [firstSelected, ...otherSelected]);
  const close = (changed: Invite[] = []) => {
    unselect(changed);
    setOpen(undefined);
  };

  return (
    <>
      <ListTable
        variant="container"
        words={{
          ...texts,
          title: texts.invitations,
          actions: texts.columns.actions,
          selectOne: ({ email }) => texts.selectInvite(email),
        }}
        list={invites}
        columns={invitationsColumns}
        rowActions={(invite) => <InviteActions invite={invite} onDo={(action) => start(action, [invite])} />}
        preferences={preferences}
        onPreferences={setPreferences}
        selected={selected}
        onSelect={select}
        buttons={
          <>
            <Button iconName="refresh" ariaLabel={texts.refresh} onClick={() => void invites.refetch()} />
            <BulkActions
              selected={selected}
              resending={resending.busy}
              onResend={() => startSelected('resend')}
              onRevoke={() => startSelected('revoke')}
            />
            <InviteButton />
          </>
        }
        filter={<InvitationsFilters filters={filters} onChange={setAddress} />}
        empty={
          <EmptyList
            words={texts}
            error={invites.error}
            retry={invites.refetch}
            filtered={Object.values(filters).some(Boolean)}
            onClear={() => setAddress(noFilters)}
          />
        }
      />
      {open?.action === 'revoke' && <RevokeModal invites={open.invites} onClose={close} />}
      {open?.action === 'correct' && <CorrectAddressModal invite={open.invites[0]} onClose={close} />}
      {open?.action === 'roles' && <EditRolesModal invite={open.invites[0]} onClose={close} />}
    </>
  );
};

export default InvitationsPage;
