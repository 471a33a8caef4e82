import { personId } from '../session/session.ts';

/** The dialog that is open on a page of this tab. */
export interface OpenDialog {
  /** What the page needs to open it: the action and its objects. */
  dialog: unknown;
  /** Milliseconds since the epoch. */
  openedAt: number;
}

const keyOf = (name: string): string => `roster.dialog.${personId() ?? ''}.${name}`;

/** Returns the dialog that was open when the page was left, and forgets it, so that one that fails does not fail at each reload. */
export const takeOpenDialog = (name: string): OpenDialog | undefined => {
  try {
    const stored = JSON.parse(sessionStorage.getItem(keyOf(name)) ?? 'null') as OpenDialog | null;
    sessionStorage.removeItem(keyOf(name));
    return typeof stored?.openedAt === 'number' ? stored : undefined;
  } catch {
    return undefined;
  }
};

/** Undefined: no dialog is open. Nothing is stored if the browser’s storage is blocked or full. */
export const keepOpenDialog = (name: string, open: OpenDialog | undefined): void => {
  try {
    if (open) sessionStorage.setItem(keyOf(name), JSON.stringify(open));
    else sessionStorage.removeItem(keyOf(name));
  } catch {
    // The dialog is then closed after a reload. Its draft is restored when the person opens it again.
  }
};
