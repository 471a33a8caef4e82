import Box from '@cloudscape-design/components/box';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { ReactNode } from 'react';
import { isOpen } from '../../../../shared/invites/invite-status.ts';
import { entryOf, type UnknownValue } from '../../../../shared/open-enum.ts';
import { Address } from '../parts/address.tsx';
import type { Column } from '../parts/data-table.tsx';
import { formatDay, formatFromNow, formatMoment, formatNumber } from '../parts/format.ts';
import { RoleChips } from '../parts/role-chips.tsx';
import type { Invite } from './invite.ts';
import { invitationsTexts as texts } from './texts.ts';

const { columns } = texts;

const statusTypes: Record<Exclude<Invite['status'], UnknownValue>, StatusIndicatorProps.Type> = {
  pending: 'pending',
  needs_roles: 'warning',
  accepted: 'success',
  declined: 'stopped',
  revoked: 'stopped',
  expired: 'warning',
  already_member: 'info',
  blocked: 'error',
};

const deliveryTypes: Record<Exclude<Invite['delivery'], UnknownValue>, StatusIndicatorProps.Type> = {
  queued: 'in-progress',
  sent: 'info',
  delivered: 'success',
  bounced: 'error',
  complained: 'error',
  failed: 'error',
};

const Detail = ({ children }: { children: ReactNode }) => (
  <Box variant="small" display="block">
    {children}
  </Box>
);

export const invitationsColumns: Column<Invite>[] = [
  {
    id: 'email',
    header: columns.email,
    cell: ({ email }) => <Address email={email} />,
    isRowHeader: true,
    minWidth: 150,
    maxWidth: 240,
  },
  { id: 'roles', header: columns.roles, cell: ({ roles }) => <RoleChips roles={roles} />, minWidth: 120 },
  {
    id: 'status',
    header: columns.status,
    cell: ({ status, acceptedAt, removedUserId }) => (
      <>
        <StatusIndicator type={entryOf(statusTypes, status) ?? 'info'}>
          {entryOf(texts.statusOf, status) ?? status}
        </StatusIndicator>
        {acceptedAt !== undefined && <Detail>{formatMoment(acceptedAt)}</Detail>}
        {status === 'needs_roles' && <Detail>{texts.needsRoles}</Detail>}
        {isOpen(status) && removedUserId !== undefined && <Detail>{texts.removedUser}</Detail>}
      </>
    ),
    minWidth: 130,
  },
  {
    id: 'delivery',
    header: columns.delivery,
    cell: ({ delivery, deliveryDetail }) => (
      <>
        <StatusIndicator type={entryOf(deliveryTypes, delivery) ?? 'info'}>
          {entryOf(texts.deliveryOf, delivery) ?? delivery}
        </StatusIndicator>
        {deliveryDetail !== undefined && <Detail>{deliveryDetail}</Detail>}
      </>
    ),
    minWidth: 135,
  },
  {
    id: 'expiresAt',
    header: columns.expiresAt,
    cell: ({ status, expiresAt }) =>
      isOpen(status) || status === 'expired' ? (
        <>
          {formatFromNow(expiresAt)}
          <Detail>
            <span className="nowrap" title={formatMoment(expiresAt)}>
              {formatDay(expiresAt)}
            </span>
          </Detail>
        </>
      ) : (
        texts.over
      ),
    minWidth: 110,
  },
  {
    id: 'invitedBy',
    header: columns.invitedBy,
    cell: ({ invitedBy, responsible }) => (
      <>
        {invitedBy.name || texts.nobody}
        {responsible.id !== invitedBy.id && <Detail>{texts.responsible(responsible.name)}</Detail>}
      </>
    ),
    minWidth: 110,
  },
  { id: 'createdAt', header: columns.createdAt, cell: ({ createdAt }) => formatDay(createdAt), minWidth: 100 },
  { id: 'sends', header: columns.sends, cell: ({ sends }) => formatNumber(sends), align: 'right', minWidth: 80 },
];

/** Columns that are hidden by default, because all columns together do not fit a screen that is 1,280 pixels wide. */
export const rarelyNeeded = ['createdAt', 'sends'];
