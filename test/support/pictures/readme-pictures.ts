/** The folder of the README's pictures. */
export const picturesFolder = 'test/browser/pictures';

export const themes = ['light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const fileOf = (name: string, theme: Theme): string => `${name}-${theme}.png`;

interface ReadmePicture {
  name: string;
  title: string;
  /** The name of the screen in `test/support/screens`. */
  screen: string;
}

/** The pictures at the beginning of the README. */
export const invitationPictures: ReadmePicture[] = [
  { name: 'accept-page', title: 'The accept page', screen: 'accept page' },
  { name: 'email', title: 'The email', screen: 'email: invitation' },
];

/** The pictures of the console, in the order of the README. */
export const consolePictures: ReadmePicture[] = [
  { name: 'users', title: 'Users', screen: '/users' },
  { name: 'change-roles', title: 'Change roles', screen: 'users/change-roles-modal' },
  { name: 'delete-user', title: 'Delete, with a successor', screen: 'users/delete-user-modal' },
  { name: 'person', title: 'A person, and what they own', screen: '/users/:userId' },
  { name: 'invite', title: 'Invite users: a pasted list', screen: '/invite: addresses' },
  { name: 'invite-review', title: 'Invite users: what will happen', screen: '/invite: review' },
  { name: 'pools', title: 'Pools', screen: '/pools' },
  { name: 'pool', title: 'A pool, and who has access', screen: '/pools/:poolId' },
  { name: 'resources', title: 'Resources', screen: '/resources' },
  { name: 'invitations', title: 'Settings: Invitations', screen: '/settings/invitations' },
  { name: 'settings', title: 'Settings: Organization', screen: '/settings/organization' },
  { name: 'policies', title: 'Settings: Policies', screen: '/settings/policies' },
  { name: 'data-sources', title: 'Settings: Data sources', screen: '/settings/data-sources' },
  { name: 'audit-log', title: 'Settings: Audit log', screen: '/settings/audit-log' },
  { name: 'me', title: 'My roles and invitations', screen: '/me' },
];
