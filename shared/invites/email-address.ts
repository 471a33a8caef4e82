import { cognitoUserNameLettersMax, emailLocalPartLettersMax } from '../limits.ts';
import { err, ok, type Result } from '../result.ts';

const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const domainLabel = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The one form of an e-mail address: trimmed, lower case, the domain in punycode; plus tags and dots kept.
 * A local part with letters outside ASCII is refused before lower-casing, so that no look-alike turns into another's address.
 */
export const normalizeEmail = (given: string): Result<string, 'invalid_email'> => {
  const trimmed = given.trim();
  const at = trimmed.lastIndexOf('@');
  const local = trimmed.slice(0, at).toLowerCase();
  if (at < 1 || !/^[\x21-\x7e]+$/.test(trimmed.slice(0, at)) || !localPart.test(local)) return err('invalid_email');
  const domain = toPunycode(trimmed.slice(at + 1));
  if (!domain || local.length > emailLocalPartLettersMax) return err('invalid_email');
  const address = `${local}@${domain}`;
  return address.length <= cognitoUserNameLettersMax ? ok(address) : err('invalid_email');
};

const toPunycode = (domain: string): string | undefined => {
  if (!domain || /[\s\p{Cc}/?#@:[\]\\%]/u.test(domain)) return undefined;
  if (!URL.canParse(`http://${domain}`)) return undefined;
  const { hostname } = new URL(`http://${domain}`);
  const labels = hostname.split('.');
  const isAddress = /^\d+$/.test(labels.at(-1) ?? '');
  return labels.length >= 2 && !isAddress && labels.every((label) => domainLabel.test(label)) ? hostname : undefined;
};
