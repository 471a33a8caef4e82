import Button from '@cloudscape-design/components/button';
import { useState } from 'react';
import { usePages } from '../data/use-pages.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { inWords } from '../parts/problem.ts';
import { EmptyList } from '../parts/empty-list.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { presetPreferences } from '../parts/table-preferences.tsx';
import { useFilters } from '../parts/use-filters.ts';
import { usePreferences } from '../parts/use-preferences.ts';
import { useSettled } from '../parts/use-settled.ts';
import { useFlash } from '../shell/flash.tsx';
import { BulkActions } from './bulk-actions.tsx';
import { CorrectAddressModal } from './correct-address-modal.tsx';
import { EditRolesModal } from './edit-roles-modal.tsx';
import { invitationsColumns } from './invitations-columns.tsx';
import { InvitationsFilters, type InvitationFilters } from './invitations-filters.tsx';
import { InviteActions, type InviteAction } from './invite-actions.tsx';
import { InviteButton } from './invite-button.tsx';
import { isQueued, type Invite } from './invite.ts';
import { RevokeModal } from './revoke-modal.tsx';
import { invitationsTexts as texts } from './texts.ts';
import { useChangeInvites } from './use-change-invites.tsx';

/** A mail goes out in seconds, unless it says why it waits. Milliseconds. */
const refreshAfter = (invites: Invite[]): number | false => {
  const queued = invites.filter(isQueued);
  if (queued.length === 0) return false;
  return queued.some(({ deliveryDetail }) => deliveryDetail === undefined) ? 3_000 : 30_000;
};

const InvitationsPage = () => {
  const { params } = useOrganization();
  const flash = useFlash();
  const [address, setAddress] = useFilters(['search', 'status']);
  const filters = address as InvitationFilters;
  const [preferences, setPreferences] = usePreferences('invitations', presetPreferences(invitationsColumns));
  const [selectedIds, setSelectedIds] = useState<string[]>([]);
  const [open, setOpen] = useState<{ action: InviteAction; invites: [Invite, ...Invite[]] }>();
  const { change, busy } = useChangeInvites();

  const query = { ...filters, search: useSettled(filters.search) };
  const invites = usePages('listInvites', { params, query }, preferences.pageSize, { refreshAfter });
  // As they are now, not as they were when they were selected.
  const selected = invites.items.filter(({ id }) => selectedIds.includes(id));
  const [firstSelected, ...otherSelected] = selected;

  const start = (action: InviteAction, chosen: [Invite, ...Invite[]]) => {
    if (action !== 'resend') return setOpen({ action, invites: chosen });
    void change('resend', chosen).then(
      () => setSelectedIds([]),
      (error: unknown) => flash.error(texts.notResent(chosen.length), inWords(error)),
    );
  };
  const startSelected = (action: InviteAction) => firstSelected && start(action, [firstSelected, ...otherSelected]);
  const close = () => {
    setOpen(undefined);
    setSelectedIds([]);
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
        onSelect={(chosen) => setSelectedIds(chosen.map(({ id }) => id))}
        buttons={
          <>
            <Button iconName="refresh" ariaLabel={texts.refresh} onClick={() => void invites.refetch()} />
            <BulkActions
              selected={selected}
              resending={busy}
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
            onClear={() => setAddress({ search: '', status: undefined })}
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
