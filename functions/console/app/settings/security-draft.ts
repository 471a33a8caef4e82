import { signInHoursMax, signInHoursMin } from '../../../../shared/limits.ts';
import type { CallOf, ValueOf } from '../data/client.ts';
import { flagShape, objectOf, textShape } from '../parts/draft-shape.ts';
import { sameJson } from '../parts/same-json.ts';
import { securityTexts as texts } from './security-texts.ts';

/** The security settings as the form holds them. */
export interface SecurityDraft {
  /** One domain per line. */
  domains: string;
  /** Empty: no limit. */
  hours: string;
  hideAddresses: boolean;
  requireMfa: boolean;
}

export const securityShape = objectOf<SecurityDraft>({
  domains: textShape,
  hours: textShape,
  hideAddresses: flagShape,
  requireMfa: flagShape,
});

export const draftOf = ({
  allowedDomains,
  signInHoursMax: hours,
  hideAddresses,
  requireMfa,
}: ValueOf<'getOrganization'>): SecurityDraft => ({
  domains: allowedDomains.join('\n'),
  hours: hours === undefined ? '' : String(hours),
  hideAddresses,
  requireMfa,
});

export const domainsIn = (text: string): string[] => text.split(/[\s,;]+/).filter((word) => word !== '');

export const isHours = (hours: string): boolean =>
  hours === '' || (/^\d+$/.test(hours) && Number(hours) >= signInHoursMin && Number(hours) <= signInHoursMax);

export const bodyOf = ({ domains, hours, ...rest }: SecurityDraft): CallOf<'updateOrganization'>['body'] => ({
  allowedDomains: domainsIn(domains),
  signInHoursMax: hours === '' ? null : Number(hours),
  ...rest,
});

/** What saving will change for people, in sentences. */
export const consequencesOf = (before: SecurityDraft, after: SecurityDraft): string[] => {
  const [oldDomains, domains] = [before.domains, after.domains].map(domainsIn);
  const lists = !sameJson(oldDomains, domains);
  return [
    ...(lists ? [domains?.length === 0 ? texts.willAllowAll : texts.willRestrict] : []),
    ...(before.hours === after.hours ? [] : [after.hours === '' ? texts.willNotLimit : texts.willLimit(after.hours)]),
    ...(before.hideAddresses === after.hideAddresses ? [] : [after.hideAddresses ? texts.willHide : texts.willShow]),
    ...(before.requireMfa === after.requireMfa
      ? []
      : [after.requireMfa ? texts.willRequireMfa : texts.willNotRequireMfa]),
  ];
};
