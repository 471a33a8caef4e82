import { draftDaysMax, draftLettersMax, draftsMax } from '../../../../shared/limits.ts';
import { day } from '../../../../shared/time.ts';
import { personId } from '../session/session.ts';

/** The unsent input of a form, as stored in this browser. */
export interface StoredDraft {
  value: unknown;
  /** The version of the object that the input is based on. Absent for a new object. */
  version?: number;
  /** Milliseconds since the epoch. */
  savedAt: number;
}

/**
 * Drafts are kept under the person's id, so that nobody else who signs in with this browser sees them. They outlive a reload, the
 * end of the session and a crash of the tab, and end when they are sent, discarded or too old, or when the person signs out.
 */
const prefix = 'roster.draft.';
const keyOf = (name: string): string => `${prefix}${personId() ?? ''}.${name}`;

/** Undefined if there is no valid draft, or if it has expired. */
export const readDraft = (name: string): StoredDraft | undefined => {
  const draft = parse(withStorage((storage) => storage.getItem(keyOf(name))));
  return draft && !isExpired(draft) ? draft : undefined;
};

/** Returns false if the draft was not stored, because it is too long or the browser's storage is blocked or full. */
export const writeDraft = (name: string, draft: StoredDraft): boolean => {
  const text = JSON.stringify(draft);
  if (text.length > draftLettersMax) return false;
  const stored = withStorage((storage) => {
    makeRoom(storage, keyOf(name));
    storage.setItem(keyOf(name), text);
    return true;
  });
  return stored ?? false;
};

export const removeDraft = (name: string): void => {
  withStorage((storage) => storage.removeItem(keyOf(name)));
};

/** Whether a form of this organization has stored input since this time, in milliseconds since the epoch. */
export const hasDraftSince = (organizationId: string, time: number): boolean =>
  withStorage((storage) =>
    draftKeys(storage, keyOf(`${organizationId}.`)).some((key) => (parse(storage.getItem(key))?.savedAt ?? 0) >= time),
  ) ?? false;

/** Removes all drafts of the signed-in person. */
export const removeDrafts = (): void => {
  withStorage((storage) => {
    for (const key of draftKeys(storage, keyOf(''))) storage.removeItem(key);
  });
};

/** Removes drafts that are too old, and the oldest ones if there are too many. */
const makeRoom = (storage: Storage, except: string): void => {
  const others = draftKeys(storage, prefix)
    .filter((key) => key !== except)
    .map((key) => ({ key, draft: parse(storage.getItem(key)) }))
    .toSorted((a, b) => (b.draft?.savedAt ?? 0) - (a.draft?.savedAt ?? 0));
  for (const [index, { key, draft }] of others.entries())
    if (!draft || isExpired(draft) || index >= draftsMax - 1) storage.removeItem(key);
};

const draftKeys = (storage: Storage, start: string): string[] =>
  Object.keys(storage).filter((key) => key.startsWith(start));

const isExpired = ({ savedAt }: StoredDraft): boolean => savedAt < Date.now() - draftDaysMax * day;

const parse = (text: string | null | undefined): StoredDraft | undefined => {
  try {
    const { value, version, savedAt } = JSON.parse(text ?? '') as Partial<StoredDraft>;
    if (typeof savedAt !== 'number' || !['number', 'undefined'].includes(typeof version)) return undefined;
    return { value, savedAt, ...(version !== undefined && { version }) };
  } catch {
    return undefined;
  }
};

/** Returns undefined if the browser’s storage is blocked or full, because access then throws. */
const withStorage = <T>(use: (storage: Storage) => T): T | undefined => {
  try {
    return use(localStorage);
  } catch {
    return undefined;
  }
};
