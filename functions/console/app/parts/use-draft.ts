import { useContext, useEffect, useRef, useState, type SetStateAction } from 'react';
import { readDraft, removeDraft, writeDraft } from '../data/draft-store.ts';
import { OrganizationContext } from '../organization/use-organization.ts';
import { sameJson } from './same-json.ts';
import { holdUnstored } from './unstored.ts';
import type { Shape } from './draft-shape.ts';

interface DraftOptions<T> {
  /** The name of the form, such as `edit-pool`. */
  name: string;
  /** The id of the object that is edited, if any. */
  of?: string | undefined;
  /** The version of that object. */
  version?: number;
  /** The content of the form before the person enters anything. */
  initial: T;
  shape: Shape<T>;
}

export interface Draft<T = unknown> {
  value: T;
  set: (value: SetStateAction<T>) => void;
  /** Whether the input differs from the initial value, so that discarding it would lose something. */
  changed: boolean;
  /** The time at which the restored input was stored, in milliseconds since the epoch. Undefined if nothing was restored. */
  restoredAt: number | undefined;
  /**
   * The version that the input is based on, for `If-Match`. A restored draft keeps the version from when it was stored, so that the
   * API refuses it if somebody else has changed the object since.
   */
  version: number | undefined;
  /** Sets the version that the next save replaces. Call it after the object was read again. */
  rebase: (version: number) => void;
  /** Restores the initial value. */
  discard: () => void;
  /** Removes the stored draft, because the API accepted the input. */
  sent: () => void;
  /** Waits for the request that sends the input. Resolves to whether the API accepted it. */
  send: (request: Promise<unknown>) => Promise<boolean>;
}

/** Identifies the objects of a dialog that changes several of them. */
export const idsOf = (objects: readonly { id: string }[]): string => objects.map(({ id }) => id).join('+');

/**
 * The input of a form, stored in this browser at each change until it is sent or discarded:
 *
 *     const draft = useDraft({ name: 'edit-pool', of: pool.id, version: pool.version, initial: {}, shape });
 *     <FormModal draft={draft} … />
 */
export const useDraft = <T>({ name, of = '', version: current, initial, shape }: DraftOptions<T>): Draft<T> => {
  const organizationId = useContext(OrganizationContext)?.organizationId ?? '';
  const key = [organizationId, name, of].join('.');
  const [start] = useState({ value: initial, version: current });
  const [state, setState] = useState(() => {
    const found = readDraft(key);
    if (!found || !shape(found.value) || sameJson(found.value, initial)) return { ...start, restoredAt: undefined };
    return { value: found.value, version: found.version ?? current, restoredAt: found.savedAt };
  });
  const latest = useRef(state);
  const [unstored, setUnstored] = useState(false);
  useEffect(() => (unstored ? holdUnstored() : undefined), [unstored]);

  const keep = (next: typeof state) => {
    latest.current = next;
    setState(next);
    const { value, version } = next;
    const isChanged = !sameJson(value, start.value);
    if (isChanged)
      setUnstored(!writeDraft(key, { value, savedAt: Date.now(), ...(version !== undefined && { version }) }));
    else forget();
  };
  const forget = () => {
    removeDraft(key);
    setUnstored(false);
  };

  const sent = () => {
    latest.current = { ...latest.current, restoredAt: undefined };
    setState(latest.current);
    forget();
  };

  return {
    value: state.value,
    set: (change) => {
      const { value } = latest.current;
      keep({ ...latest.current, value: typeof change === 'function' ? (change as (value: T) => T)(value) : change });
    },
    changed: !sameJson(state.value, start.value),
    restoredAt: state.restoredAt,
    version: state.version,
    rebase: (version) => keep({ ...latest.current, version }),
    discard: () => keep({ ...start, restoredAt: undefined }),
    sent,
    send: async (request) => {
      try {
        await request;
      } catch {
        return false;
      }
      sent();
      return true;
    },
  };
};
