import { allowedDomainsMax, signInHoursMax, signInHoursMin } from '../../../../shared/limits.ts';
import { shellTexts } from '../shell/texts.ts';

export const securityTexts = {
  security: 'Security',
  securityText: 'What this organization requires of its users. All of these settings are off at first.',
  domains: 'Allowed email domains',
  domainsText: `One per line, up to ${allowedDomainsMax}. Only addresses of exactly these domains can be invited and can join. A sub-domain such as eu.example.com is a domain of its own. Leave empty to allow all.`,
  domainsHint: 'example.com',
  hours: 'Hours until people sign in again',
  hoursText: `${signInHoursMin} to ${signInHoursMax}. Leave empty for no limit. Service accounts are not affected.`,
  wholeHours: `Enter a whole number from ${signInHoursMin} to ${signInHoursMax}, or leave it empty.`,
  hide: 'Hide email addresses',
  hideText:
    'Only people who may invite users see email addresses and when others were last seen. Everybody still sees their own.',
  requireMfa: 'Require an authenticator app',
  requireMfaText: `Only people whose account asks for a code from an authenticator app can use this organization. Add one to your own account first, on the page ${shellTexts.me}. Service accounts are not affected.`,

  consequences: 'When you save this',
  willRestrict:
    'Addresses of other domains can no longer be invited, and their pending invitations cannot be accepted. People who are users already stay, and are marked in the list of users.',
  willAllowAll: 'Addresses of every domain can be invited and can join.',
  willLimit: (hours: string) =>
    `People who signed in more than ${hours} ${hours === '1' ? 'hour' : 'hours'} ago have to sign in again at once, perhaps including you.`,
  willNotLimit: 'People stay signed in to this organization for as long as they are signed in to Roster.',
  willRequireMfa:
    'People without an authenticator app lose access at once, until they set one up. The console shows them how.',
  willNotRequireMfa: 'A password alone is enough to use this organization.',
  willHide:
    'Everybody else no longer sees email addresses or last-seen days in lists, on pages and in exports, and can search for names only.',
  willShow: 'Every user sees the email addresses of all users and invitations, and when users were last seen.',
};
