import { assetKinds, byKind, settingsKindNames } from '../asset-kinds.ts';
import { reachOf, type Action, type Reach } from './matrix.ts';
import { isPoolRole, roleDefinitions, roles, type Role } from './role.ts';

/** Each action as a phrase that completes “Only organization managers can …”. */
export const actionPhrases: Record<Action, string> = {
  read: 'read this',
  read_audit_log: 'read the audit log',
  change_settings: 'change the settings',
  invite_users: 'invite users',
  change_roles: 'change roles',
  remove_users: 'delete users',
  manage_service_accounts: 'manage service accounts',
  check_permissions: 'check what other users may do',
  create_pool: 'create a pool here',
  edit_pool: 'change this pool',
  move_pool: 'move this pool',
  delete_pool: 'delete this pool',
  ...byKind(settingsKindNames, (kind) => [assetKinds[kind].action, `manage ${assetKinds[kind].plural}`]),
  manage_resources: 'manage the resources here',
  edit_resource: 'change this resource',
  leave_organization: 'leave the organization',
};

/** Returns a sentence about whom the matrix allows an action: “Only organization managers can invite users.” */
export const whoMay = (action: Action): string => {
  const holders = roles.flatMap((role) => {
    const reach = reachOf(action, role);
    return reach === undefined ? [] : [holderPhrase(role, reach)];
  });
  return holders.length === 0
    ? `Nobody can ${actionPhrases[action]}.`
    : `Only ${listPhrase(holders)} can ${actionPhrases[action]}.`;
};

const holderPhrase = (role: Role, reach: Reach): string => {
  const plural = `${roleDefinitions[role].name.toLowerCase()}s`;
  switch (reach) {
    case 'anywhere':
      return plural;
    case 'scope':
      return `${plural} of the pool or of a pool above it`;
    case 'below':
      return isPoolRole(role) ? `${plural} of a pool above it` : plural;
    case 'own':
      return `${plural} of the pool or of a pool above it who own it`;
  }
};

const listPhrase = (parts: readonly string[]): string =>
  new Intl.ListFormat('en', { type: 'conjunction' }).format(parts);
