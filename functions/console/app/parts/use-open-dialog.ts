import { useContext, useEffect, useState } from 'react';
import { hasDraftSince } from '../data/draft-store.ts';
import { keepOpenDialog, takeOpenDialog, type OpenDialog } from '../data/dialog-store.ts';
import { OrganizationContext } from '../organization/use-organization.ts';

/**
 * The dialog that is open on a page. If the person has entered something in it that was not sent, it opens again after a reload
 * or a new sign-in. `name`: unique among the pages, with the id of the object if the page shows one.
 *
 *     const [task, setTask] = useOpenDialog<PoolTask>('pools');
 */
export const useOpenDialog = <T>(name: string): [T | undefined, (dialog: T | undefined) => void] => {
  const organizationId = useContext(OrganizationContext)?.organizationId ?? '';
  const key = `${organizationId}.${name}`;
  const [open, setOpen] = useState<OpenDialog | undefined>(() => {
    const left = takeOpenDialog(key);
    return left && hasDraftSince(organizationId, left.openedAt) ? left : undefined;
  });
  useEffect(() => {
    keepOpenDialog(key, open);
    return () => keepOpenDialog(key, undefined);
  }, [key, open]);
  return [
    open?.dialog as T | undefined,
    (dialog) => setOpen(dialog === undefined ? undefined : { dialog, openedAt: Date.now() }),
  ];
};
