import { normalizeEmail } from './email-address.ts';

export interface SortedAddress {
  /** Normalized; as given where it is invalid. */
  email: string;
  /** `created`: as far as the request alone tells, it can be invited. */
  outcome: 'created' | 'duplicate' | 'invalid_email';
}

/** Every given address in the order given; the first of several equal ones counts. */
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
