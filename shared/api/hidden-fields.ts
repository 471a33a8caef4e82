import * as z from 'zod';

/*
 * An organization can hide email addresses, and the days on which people were last seen, from everybody who does not manage users
 * (`hideAddresses`). The schemas of responses mark these fields, and the shell of operations hides them (`without-hidden.ts`), so
 * that no operation has to.
 */

/**
 * The kinds of hidden fields. `address`: empty or, if optional, absent, unless it is the caller's own. `about`: a fact about the
 * object's person, absent unless the caller is this person. `text`: may quote an address, always absent. `name`: a name that is an
 * address, which people without a name have, is cut before its `@`.
 */
export type HiddenKind = 'address' | 'about' | 'text' | 'name';

export const hiddenFields = z.registry<{ kind: HiddenKind }>();

export const addressField = () => z.string().register(hiddenFields, { kind: 'address' });
export const quotingField = () => z.string().register(hiddenFields, { kind: 'text' });
export const personName = () => z.string().register(hiddenFields, { kind: 'name' });
export const dayField = () => z.iso.date().register(hiddenFields, { kind: 'about' });
