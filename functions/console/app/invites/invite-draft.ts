import { readPasted } from '../../../../shared/invites/parse-pasted.ts';
import {
  inviteAddressesMax,
  inviteExpiryDaysMax,
  inviteExpiryDaysMin,
  inviteMessageLettersMax,
} from '../../../../shared/limits.ts';
import type { CallOf, ValueOf } from '../data/client.ts';
import { listOf, objectOf, optionalShape, textShape } from '../parts/draft-shape.ts';
import { missingIn, roleDraftShape, toAssignments, type RoleDraft } from '../parts/role-draft.ts';
import { fileTexts } from './file-texts.ts';
import { inviteFileShape, type FileInvitee, type InviteFile } from './invite-file.ts';
import { inviteTexts as texts } from './texts.ts';

export type InviteBody = CallOf<'inviteUsers'>['body'];
export type InviteResult = ValueOf<'inviteUsers'>['results'][number];

/** The current input of the form. */
export interface InviteDraft {
  emails: string[];
  /** People from a CSV file, who are invited instead of `emails`. */
  file?: InviteFile | undefined;
  /** Names that were pasted without an address. They are not invited. */
  names: string[];
  /** Text in the address field that has not been added to `emails` yet. */
  typed: string;
  roles: RoleDraft[];
  message: string;
  days: string;
}

export const inviteDraftShape = objectOf<InviteDraft>({
  emails: listOf(textShape),
  file: optionalShape(inviteFileShape),
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

/** Moves the text of the address field to `emails` and `names`. */
export const withTyped = (draft: InviteDraft, typed = draft.typed): InviteDraft => {
  const { entries, names } = readPasted(typed);
  return { ...draft, emails: [...draft.emails, ...entries], names: [...draft.names, ...names], typed: '' };
};

export const tooManyAddresses = ({ emails, file }: InviteDraft): string | undefined => {
  const count = file ? file.invitees.length : emails.length;
  return count > inviteAddressesMax ? texts.tooMany(count, inviteAddressesMax) : undefined;
};

/** Whether anybody gets the roles that are chosen in the form. */
export const hasCommonRoles = ({ file }: InviteDraft): boolean =>
  !file || file.invitees.some(({ roles, problem }) => roles.length === 0 && problem === undefined);

/** The errors to correct before the request is sent, with the JSON Pointers that the API would use. */
export const problemsIn = (draft: InviteDraft): { pointer: string; detail: string }[] => {
  const { emails, file, message, days } = draft;
  const roles = hasCommonRoles(draft) ? draft.roles : undefined;
  const people = file ? '/invitees' : '/emails';
  const wrongLines = file?.invitees.filter(({ problem }) => problem !== undefined).length ?? 0;
  const tooMany = tooManyAddresses(draft);
  const tooLong = message.trim().length - inviteMessageLettersMax;
  return [
    ...(wrongLines > 0 ? [{ pointer: people, detail: fileTexts.linesWrong(wrongLines) }] : []),
    ...(emails.length === 0 && !file ? [{ pointer: people, detail: texts.noneGiven }] : []),
    ...(tooMany === undefined ? [] : [{ pointer: people, detail: tooMany }]),
    ...(roles?.length === 0 ? [{ pointer: '/roles', detail: texts.noRole }] : []),
    ...missingIn(roles ?? []),
    ...(tooLong > 0 ? [{ pointer: '/message', detail: texts.tooManyCharacters(tooLong) }] : []),
    ...(days === '' || isExpiry(days) ? [] : [{ pointer: '/expiresInDays', detail: texts.daysRange }]),
  ];
};

/** Whether this is a whole number of days for which an invite may be valid. */
const isExpiry = (days: string): boolean =>
  /^\d+$/.test(days) && Number(days) >= inviteExpiryDaysMin && Number(days) <= inviteExpiryDaysMax;

export const toBody = (draft: InviteDraft): InviteBody => {
  const { emails, file, roles, message, days } = draft;
  return {
    ...(file ? { invitees: file.invitees.map(toInvitee) } : { emails }),
    ...(hasCommonRoles(draft) && { roles: toAssignments(roles) }),
    ...(message.trim() !== '' && { message: message.trim() }),
    ...(days !== '' && { expiresInDays: Number(days) }),
  };
};

const toInvitee = ({ email, roles }: FileInvitee) => ({
  email,
  ...(roles.length > 0 && { roles: toAssignments(roles) }),
});

/** A copy of the request for only some of its people, who are selected by their index in it. */
export const bodyForSome = (
  { emails, invitees, ...common }: InviteBody,
  isWanted: (index: number) => boolean,
): InviteBody => ({
  ...common,
  ...(emails && { emails: emails.filter((_, index) => isWanted(index)) }),
  ...(invitees && { invitees: invitees.filter((_, index) => isWanted(index)) }),
});
