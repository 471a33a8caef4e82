import { sortAddresses } from '../../../../shared/invites/sort-addresses.ts';
import { cognitoUserNameLettersMax } from '../../../../shared/limits.ts';
import { inviteTexts as texts } from './texts.ts';

export interface CheckedAddress {
  /** Where it stands among those given. */
  index: number;
  /** As it was given. */
  address: string;
  /** What is wrong with it; absent: nothing as far as anybody can tell without asking. */
  problem?: string;
  duplicate: boolean;
}

/** What can be said of addresses before the API is asked, by the API's own rules. */
export const checkAddresses = (emails: string[]): CheckedAddress[] =>
  sortAddresses(emails).map(({ outcome }, index) => {
    const address = emails[index] ?? '';
    return {
      index,
      address,
      duplicate: outcome === 'duplicate',
      ...(outcome === 'invalid_email' && { problem: whyInvalid(address) }),
    };
  });

const whyInvalid = (address: string): string => {
  const at = address.lastIndexOf('@');
  if (at < 0) return address.includes('＠') ? texts.fullWidthAt : texts.noAt;
  if (address.indexOf('@') < at) return texts.severalAts;
  if (address.length > cognitoUserNameLettersMax) return texts.tooLong;
  if (/[^\x21-\x7e]/.test(address.slice(0, at))) return texts.unusualLetters;
  if (!/[^.]\.[^.]/.test(address.slice(at + 1))) return texts.noServer;
  return texts.noAddress;
};
