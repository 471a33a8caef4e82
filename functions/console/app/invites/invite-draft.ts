import { readPasted } from '../../../../shared/invites/parse-pasted.ts';
import {
  inviteAddressesMax,
  inviteExpiryDaysMax,
  inviteExpiryDaysMin,
  inviteMessageLettersMax,
} from '../../../../shared/limits.ts';
import type { CallOf, ValueOf } from '../data/client.ts';
import { listOf, objectOf, textShape } from '../parts/draft-shape.ts';
import { missingIn, roleDraftShape, toAssignments, type RoleDraft } from '../parts/role-draft.ts';
import { inviteTexts as texts } from './texts.ts';

export type InviteBody = CallOf<'inviteUsers'>['body'];
export type InviteResult = ValueOf<'inviteUsers'>['results'][number];

/** The form as far as the person has filled it in. */
export interface InviteDraft {
  emails: string[];
  /** Names that were pasted without an address. Nobody is invited for them. */
  names: string[];
  /** Text in the address field that has not been added to `emails` yet. */
  typed: string;
  roles: RoleDraft[];
  message: string;
  days: string;
}

export const inviteDraftShape = objectOf<InviteDraft>({
  emails: listOf(textShape),
  names: listOf(textShape),
  typed: textShape,
  roles: listOf(roleDraftShape),
  message: textShape,
  days: textShape,
});

export const emptyDraft: InviteDraft = {
  emails: [],
  names: [],
  typed: '',
  roles: [{ role: 'member' }],
  message: '',
  days: '',
};

/** Moves what was typed in the field to `emails` and `names`. */
export const withTyped = (draft: InviteDraft, typed = draft.typed): InviteDraft => {
  const { entries, names } = readPasted(typed);
  return { ...draft, emails: [...draft.emails, ...entries], names: [...draft.names, ...names], typed: '' };
};

export const tooManyAddresses = ({ emails }: InviteDraft): string | undefined =>
  emails.length > inviteAddressesMax ? texts.tooMany(emails.length, inviteAddressesMax) : undefined;

/** The errors to correct before the request is sent, with the JSON Pointers that the API would use. */
export const problemsIn = (draft: InviteDraft): { pointer: string; detail: string }[] => {
  const { emails, roles, message, days } = draft;
  const tooMany = tooManyAddresses(draft);
  const tooLong = message.trim().length - inviteMessageLettersMax;
  return [
    ...(emails.length === 0 ? [{ pointer: '/emails', detail: texts.noneGiven }] : []),
    ...(tooMany === undefined ? [] : [{ pointer: '/emails', detail: tooMany }]),
    ...(roles.length === 0 ? [{ pointer: '/roles', detail: texts.noRole }] : []),
    ...missingIn(roles),
    ...(tooLong > 0 ? [{ pointer: '/message', detail: texts.tooManyCharacters(tooLong) }] : []),
    ...(days === '' || isExpiry(days) ? [] : [{ pointer: '/expiresInDays', detail: texts.daysRange }]),
  ];
};

/** Whether this is a whole number of days for which an invite may be valid. */
const isExpiry = (days: string): boolean =>
  /^\d+$/.test(days) && Number(days) >= inviteExpiryDaysMin && Number(days) <= inviteExpiryDaysMax;

export const toBody = ({ emails, roles, message, days }: InviteDraft): InviteBody => ({
  emails,
  roles: toAssignments(roles),
  ...(message.trim() !== '' && { message: message.trim() }),
  ...(days !== '' && { expiresInDays: Number(days) }),
});
