import * as z from 'zod';
import { toPunycode } from '../domain-name.ts';
import { allowedDomainsMax, cognitoUserNameLettersMax } from '../limits.ts';
import type { Organization } from './organization.ts';

const inOneSpelling = (given: string): string => {
  const typed = given.trim().replace(/^@/, '');
  return toPunycode(typed) ?? typed;
};

/** The schema of the domains in a request: in lower case and in punycode, as the domains of addresses are, and each once. */
export const givenDomains = z
  .array(
    z
      .string()
      .min(1)
      .max(cognitoUserNameLettersMax)
      .overwrite(inOneSpelling)
      .refine((domain) => toPunycode(domain) === domain, 'It is not a domain.'),
  )
  .max(allowedDomainsMax)
  .overwrite((domains) => [...new Set(domains)]);

/** The part of an organization that determines which addresses it allows. */
type HasDomains = Pick<Organization, 'allowedDomains'>;

export const allowedDomainsOf = ({ allowedDomains = [] }: HasDomains): string[] => allowedDomains;

/**
 * Whether an organization allows a normalized address: every address if it names no domains, otherwise those of exactly these
 * domains. A sub-domain is another domain, because it may belong to somebody else.
 *
 * Writes that depend on this are conditional on the tree version, which a change of the domains increments, because most of them
 * depend on the tree anyway.
 */
export const allowsAddress = (organization: HasDomains, email: string): boolean => {
  const domains = allowedDomainsOf(organization);
  return domains.length === 0 || domains.includes(email.slice(email.lastIndexOf('@') + 1));
};
