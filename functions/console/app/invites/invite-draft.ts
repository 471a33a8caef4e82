import { parsePasted } from '../../../../shared/invites/parse-pasted.ts';
import {
  inviteAddressesMax,
  inviteExpiryDaysMax,
  inviteExpiryDaysMin,
  inviteMessageLettersMax,
} from '../../../../shared/limits.ts';
import type { CallOf, ValueOf } from '../data/client.ts';
import { missingIn, toAssignments, type RoleDraft } from '../parts/role-draft.ts';
import { inviteTexts as texts } from './texts.ts';

export type InviteBody = CallOf<'inviteUsers'>['body'];
export type InviteResult = ValueOf<'inviteUsers'>['results'][number];

/** What a person has put together so far. */
export interface InviteDraft {
  emails: string[];
  /** What stands in the field and is not among the addresses yet. */
  typed: string;
  roles: RoleDraft[];
  message: string;
  days: string;
}

export const emptyDraft: InviteDraft = { emails: [], typed: '', roles: [{ role: 'member' }], message: '', days: '' };

/** With everything that stands in the field. */
export const withTyped = (draft: InviteDraft, typed = draft.typed): InviteDraft => ({
  ...draft,
  emails: [...draft.emails, ...parsePasted(typed)],
  typed: '',
});

export const tooManyAddresses = ({ emails }: InviteDraft): string | undefined =>
  emails.length > inviteAddressesMax ? texts.tooMany(emails.length, inviteAddressesMax) : undefined;

/** What has to be mended before the API is asked, by JSON Pointer as the API would name it. */
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

/** A whole number of days that an invite may live. */
const isExpiry = (days: string): boolean =>
  /^\d+$/.test(days) && Number(days) >= inviteExpiryDaysMin && Number(days) <= inviteExpiryDaysMax;

export const toBody = ({ emails, roles, message, days }: InviteDraft): InviteBody => ({
  emails,
  roles: toAssignments(roles),
  ...(message.trim() !== '' && { message: message.trim() }),
  ...(days !== '' && { expiresInDays: Number(days) }),
});
