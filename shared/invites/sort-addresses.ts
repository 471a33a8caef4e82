import { normalizeEmail } from './email-address.ts';

export interface SortedAddress {
  /** The normalized address, or the submitted text if it is invalid. */
  email: string;
  /** `created`: nothing in the request itself prevents an invite. */
  outcome: 'created' | 'duplicate' | 'invalid_email';
}

/** Every submitted address in the order of the request. Of several equal ones, all but the first are duplicates. */
export const sortAddresses = (given: readonly string[]): SortedAddress[] => {
  const seen = new Set<string>();
  return given.map((text) => {
    const email = normalizeEmail(text);
    if (!email.ok) return { email: text, outcome: 'invalid_email' };
    if (seen.has(email.value)) return { email: email.value, outcome: 'duplicate' };
    seen.add(email.value);
    return { email: email.value, outcome: 'created' };
  });
};
