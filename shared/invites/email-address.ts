import { toPunycode } from '../domain-name.ts';
import { cognitoUserNameLettersMax, emailLocalPartLettersMax } from '../limits.ts';
import { withoutHiddenCharacters, withoutJoiners } from '../pasted-text.ts';
import { err, ok, type Result } from '../result.ts';

const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;

/**
 * Normalizes an email address: trimmed, without invisible characters, in lower case, and with the domain in punycode. Plus tags and
 * dots are kept. A local part with non-ASCII letters is refused before lower-casing, because lower-casing could turn a look-alike
 * letter into an ASCII letter of another person's address.
 */
export const normalizeEmail = (given: string): Result<string, 'invalid_email'> => {
  const trimmed = withoutHiddenCharacters(given).trim();
  const at = trimmed.lastIndexOf('@');
  const typed = withoutJoiners(trimmed.slice(0, Math.max(at, 0)));
  const local = typed.toLowerCase();
  if (!/^[\x21-\x7e]+$/.test(typed) || !localPart.test(local)) return err('invalid_email');
  const domain = toPunycode(trimmed.slice(at + 1));
  if (!domain || local.length > emailLocalPartLettersMax) return err('invalid_email');
  const address = `${local}@${domain}`;
  return address.length <= cognitoUserNameLettersMax ? ok(address) : err('invalid_email');
};
