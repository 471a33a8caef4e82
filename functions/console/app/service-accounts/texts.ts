export const serviceAccountsTexts = {
  serviceAccounts: 'Service accounts',
  list: {
    title: 'Service accounts',
    description:
      'Machines that use the API with roles of their own. They own nothing and cannot sign in to the console.',
    create: 'Add service account',
    none: 'No service accounts',
    noneText: 'Add one to let a machine use the API.',
  },
  columns: {
    name: 'Name',
    clientId: 'Client ID',
    roles: 'Roles',
    lastSeenAt: 'Last used',
    createdAt: 'Added',
  },
  never: 'Never',
  nameHelp: 'How the machine is named in the audit log.',
  clientHelp:
    'The operators of this installation create an app client for each machine and give you its ID and secret.',
  tokenTitle: 'How the machine gets access',
  tokenText:
    'It requests an access token with its client ID and secret, and sends the token with each request. Roster never shows the secret.',
  tokenLink: 'Read how to request a token',
  changeOf: (name: string) => `Change roles of ${name}`,
  change: 'Change roles',
  created: (name: string) => `${name} can now use the API.`,
  changed: (name: string) => `The roles of ${name} have been changed. They apply to its next request.`,
  deleteOf: (name: string) => `Delete ${name}`,
  deleteText: 'Its next request is refused, even if its token is still valid. You can add the same client again later.',
  deleted: (name: string) => `${name} can no longer use the API.`,
  nameFirst: 'Enter a name.',
  clientFirst: 'Enter the client ID.',
};
