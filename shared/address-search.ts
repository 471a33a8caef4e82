import { domainToUnicode, labelToPunycode, labelToUnicode } from './domain-name.ts';
import { withoutHiddenCharacters } from './pasted-text.ts';

export interface AddressSearch {
  /** The beginning of the normalized form of every address that is found. */
  prefix: string;
  /** Whether the search finds an address in its normalized form. Absent: it finds every address with the prefix. */
  finds?: (email: string) => boolean;
}

/** The beginning of addresses, in any case, with the domain in Unicode or in punycode. Its last label may be incomplete. */
export const addressSearch = (given: string): AddressSearch => {
  const search = withoutHiddenCharacters(given).trim().toLowerCase();
  const domainAt = search.lastIndexOf('@') + 1;
  if (domainAt === 0) return { prefix: search };
  const local = search.slice(0, domainAt);
  const labels = search.slice(domainAt).split(/[.\u3002\uff0e\uff61]/);
  const last = labels.pop() ?? '';
  const before = local + labels.map((label) => `${labelToPunycode(label) ?? label}.`).join('');
  if (/^[\x21-\x7e]*$/.test(last)) return { prefix: before + last };
  // A prefix of a Unicode label is not a prefix of its punycode, so an incomplete label is compared in Unicode.
  const unicode = labelToUnicode(labelToPunycode(last) ?? last);
  return {
    prefix: `${before}xn--`,
    finds: (email) => email.startsWith(before) && domainToUnicode(email.slice(before.length)).startsWith(unicode),
  };
};
