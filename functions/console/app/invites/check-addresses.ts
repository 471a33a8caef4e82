import { sortAddresses } from '../../../../shared/invites/sort-addresses.ts';
import { cognitoUserNameLettersMax } from '../../../../shared/limits.ts';
import { inviteTexts as texts } from './texts.ts';

export interface CheckedAddress {
  /** The index of the address in the input. */
  index: number;
  /** The address as it was entered. */
  address: string;
  /** The reason why the address is invalid. Absent if it is valid by the rules that the console can check. */
  problem?: string;
  duplicate: boolean;
}

/** Checks addresses by the API's rules before a request is sent. */
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
