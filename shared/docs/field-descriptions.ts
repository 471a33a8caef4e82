import { moneyMin, passwordLettersMin } from '../limits.ts';

/*
 * The descriptions of fields and parameters that have the same meaning wherever they occur, by name. A field with a meaning of its
 * own is described in its schema, or here by the name of its schema: `Pool.name`.
 */

const oneLine =
  'It is one line. Control characters, line separators and characters that change the direction of text are refused; characters that display nothing are removed.';

const money = `Amounts above 0 start at ${moneyMin.toFixed(6)}.`;
const cents = 'It has at most two decimals.';

/** Fields of requests. */
const given: Readonly<Record<string, string>> = {
  name: `The name. ${oneLine}`,
  email:
    'The email address. It is trimmed and written in lower case, and its domain is converted to punycode. Plus tags and dots are kept.',
  roles: 'The role assignments: at most one on the organization, and at most one for each pool.',
  message: 'A personal message for the email. It can have several lines. Control characters are refused.',
  inviteExpiryDays: 'How many days an invite is valid unless it sets its own.',
  hideAddresses:
    'Whether email addresses, and the days on which people were last seen, are hidden from those who may not invite users.',
  expiresInDays: 'How many days the invites are valid. If absent, the setting of the organization applies.',
  poolId: 'The id of the pool.',
  ownerId: 'The id of the new owner, an active user.',
  externalId: 'The id that the data source uses. It requires `dataSourceId`. Control characters are refused.',
  dataSourceId: 'The id of the data source from which the resource comes. It is required if `externalId` is given.',
  type: 'The type.',
  password: `The password of the new account: at least ${passwordLettersMin} characters, with a lower-case letter, an upper-case letter and a digit, and without a space at either end.`,
  expiresOn: 'The last day of the budget. `null`: it recurs each month.',
  requiredTag: 'The key of the tag that resources must have. Control characters are refused.',
  maximum: 'The limit: money a month if the metric is `expense`, otherwise a whole number of resources.',
  ids: 'The ids of the invites.',
  userIds: 'The ids of the users.',
  amount: `The amount of money. ${money}`,
  monthlyCost: `Money a month. ${money}`,
  items: 'The resources.',
  checks: 'The actions to check.',
  clientId: 'The id of the app client whose access tokens the machine uses.',
};

/** Fields of requests and responses. */
const common: Readonly<Record<string, string>> = {
  id: 'The id.',
  name: 'The name.',
  email: 'The email address.',
  emailVerified: 'Whether the person has proved that the email address is theirs.',
  organizationId: 'The id of the organization.',
  userId: 'The id of the user.',
  roles: 'The role assignments.',
  role: 'The role.',
  poolId: 'The id of the pool.',
  poolName: 'The name of the pool.',
  poolIds: 'The pool is one of these.',
  path: 'The names of the pools from the root pool to this one, separated by ` / `.',
  resourceId: 'The id of the resource.',
  dataSourceId: 'The id of the data source.',
  dataSourceIds: 'The data source is one of these.',
  ownerId: 'The id of the owner.',
  ownerIds: 'The owner is one of these.',
  ownerName: 'The name of the owner.',
  resourceTypes: 'The type of the resource is one of these.',
  successorId: 'The id of the user who took over from the removed user. Absent: the user is active.',
  message: 'The personal message of the inviter. Absent: there is none.',
  organization: 'The organization that invites.',
  inviter: 'Who sent the invite.',
  user: 'The user.',
  successor: 'The user who took over.',
  takenOver: 'What the successor took over.',
  resource: 'The resource. Absent: it was refused.',
  invite: 'The invite, as far as there is one.',
  items: 'The objects on this page, in the order of the list.',
  results: 'One result for each given item, in the same order.',
  outcome: 'What happened to the item.',
  code: 'The code of the failure. Absent: there was none.',
  detail: 'The failure in words. Absent: there was none.',
  action: 'The action of the permission matrix.',
  reach:
    'How far the right goes: `anywhere` in the organization, `scope` for the pool and everything below it, `below` for everything below the pool, or `own` for what the user owns in the pool and below it.',
  through: 'The pool on which the role is held. Absent: the role is held on the organization.',
  type: 'The type. It decides which other fields there are.',
  externalId: 'The id that the data source uses. Absent: the resource was not sent by a data source.',
  monthlyCost: 'Money a month. Absent: unknown.',
  tags: 'The tags, by key.',
  accountId: 'The id that the cloud provider gives the account, subscription, project or cluster.',
  lastSeenAt: 'The last day on which it made a request. Absent: never.',
  count: 'How many there are.',
  filters: 'What the policy applies to: whatever matches every filter. Absent: everything in its pool or organization.',
  currency: 'The code of the currency of the amounts, as in ISO 4217. Absent: there are no amounts.',
  metric: 'What is measured: money a month, or the number of resources.',
  amount: 'The amount of money.',
  requiredTag: 'The key of the tag that resources must have.',
  requestId: 'The id of the request, as in the logs.',
};

/** Fields whose meaning depends on the schema. */
const own: Readonly<Record<string, string>> = {
  'AcceptInviteRequest.name': `The name of the new account. Required if the recipient has no account. ${oneLine}`,
  'AuditEvent.action': 'What was done. Later versions may add other values.',
  'AuditEvent.details': 'Further facts, which depend on the action.',
  'ChangeInvitesRequest.action': 'What to do with the invites.',
  'ChangeInvitesResult.id': 'The id of the invite, as given.',
  'ChangeInvitesResult.ok': 'Whether the invite was changed.',
  'ChangeRolesOfUsersRequest.action':
    'What to do with the roles: `add` and `remove` leave all other roles of a user as they are, `replace` does not.',
  'ChangeRolesOfUsersResult.id': 'The id of the user, as given.',
  'ChangeRolesOfUsersResult.ok': 'Whether the user has the roles that the request asks for.',
  'CheckPermissionsCheck.poolId':
    'The pool on which the action would be taken. It cannot be combined with `resourceId`.',
  'CheckPermissionsCheck.resourceId':
    'The resource on which the action would be taken. It cannot be combined with `poolId`. With neither, the action is on the organization.',
  'CheckPermissionsResult.allowed': 'Whether the user may take the action.',
  'CreateDataSourceRequest.type': 'The cloud provider, or `kubernetes` for a cluster.',
  'DataSource.type': 'The cloud provider, or `kubernetes` for a cluster.',
  'CreateOrganizationRequest.currency':
    'The code of the currency of all amounts, as in ISO 4217: USD unless given. Amounts are never converted.',
  'CreatePoolRequest.monthlyLimit': `The limit in money a month. ${cents} Absent: unlimited.`,
  'CreatePoolRequest.parentId': 'The id of the pool below which the new pool is.',
  'GetHealthResponse.status': 'Always `ok`.',
  'GetOpenApiResponse.openapi': 'The version of the OpenAPI specification.',
  'IngestResourcesResult.outcome':
    'Whether the resource was created, updated, left unchanged because nothing differs, or refused.',
  'Invite.delivery': 'The state of the latest email. Later versions may add other values.',
  'InviteUsersResult.email': 'The address as given.',
  'InviteUsersResult.outcome':
    'What happened to the address. `already_member`: it belongs to a user. `domain_not_allowed`: the organization does not allow addresses of its domain. `already_invited`: an invite to it is pending. `blocked`: its owner blocked the organization. `duplicate`: it occurs earlier in the request. `suppressed`: emails to it bounced or were reported as unwanted. `over_quota`: the organization, or the caller in all organizations together, cannot request more emails today (UTC). The limit of a new organization is low and grows with its age and its delivered emails. Operators can raise it.',
  'LookUpInviteResponse.passwordRules': 'What a password requires, in words.',
  'MyUser.permissions': 'The actions that the user may take, and where.',
  'NewResource.type': 'The type of the resource as the data source names it. Control characters are refused.',
  'Organization.currency': 'The code of the currency of all amounts, as in ISO 4217.',
  'Organization.currencyFixed':
    'Whether the currency can no longer be changed: an amount was stored, or may have been in an organization that an earlier version of Roster created.',
  'Organization.inviteExpiryDays': 'How many days an invite is valid unless it sets its own.',
  'Organization.rootPoolId': 'The id of the root pool, which carries the name of the organization.',
  'OwnOrganization.roles': 'The role assignments of the caller.',
  'OwnOrganization.userId': 'The user id of the caller in this organization.',
  'RemoveUsersResult.id': 'The id of the user, as given.',
  'RemoveUsersResult.ok': 'Whether the user is removed.',
  'Resource.type': 'The type of the resource, as the data source names it.',
  'UpdateOrganizationRequest.currency':
    'The code of the currency of all amounts, as in ISO 4217. It can be changed only before the first amount is stored, because amounts are never converted.',
  'UpdatePolicyRequest.poolId': 'The pool that the policy is on. `null`: the whole organization.',
  'UpdatePolicyRequest.filters': 'Replaces all filters. `null`: there are none.',
  'UpdatePoolRequest.monthlyLimit': `The limit in money a month. ${cents} \`null\`: unlimited.`,
  'UpdateResourceRequest.monthlyCost': `Money a month. ${money} \`null\`: unknown.`,
  'UpdatePoolRequest.defaultOwnerId': 'The id of the user who owns new resources of the pool by default.',
  'UpdateResourceRequest.poolId': 'The id of the pool to which the resource moves.',
  'User.status': 'Whether the user belongs to the organization or was removed.',
  'MyUser.status': 'Whether the user belongs to the organization or was removed.',
  'ChangedUser.status': 'Whether the user belongs to the organization or was removed.',
  'UserAssets.currency': 'The code of the currency of the amounts, as in ISO 4217.',
  'UserAssets.dataSources': 'The data sources that the user owns.',
  'UserAssets.policies': 'The policies that concern the user.',
  'UserAssets.resources': 'The resources that the user owns.',
  'UserAssetsPolicies.owned': 'How many policies the user owns.',
};

const parameters: Readonly<Record<string, string>> = {
  actorId: 'Only events of this user or service account.',
  cursor:
    'The `nextCursor` of the page before. It is valid only for the same list with the same filters. Absent: the first page.',
  dataSourceId: 'The id of the data source.',
  inviteId: 'The id of the invite.',
  limit: 'The maximum number of objects on the page.',
  organizationId: 'The id of the organization.',
  ownerId: 'Only resources of this owner.',
  policyId: 'The id of the policy.',
  poolId: 'The id of the pool.',
  resourceId: 'The id of the resource.',
  role: 'Only users who hold this role somewhere.',
  serviceAccountId: 'The id of the service account.',
  status: 'Only invites with this status.',
  targetId: 'Only events that concern this object.',
  type: 'Only policies of this type.',
  userId: 'The id of the user.',
  'getUserAssets.userId': 'The id of the user, or `me` for the caller.',
  'listResources.poolId': 'Only resources in this pool.',
};

/** The description of a property. `place`: the name of its schema. `described`: what the schema itself says. */
export const describeProperty = (
  io: 'input' | 'output',
  place: string,
  name: string,
  described: unknown,
): { description?: string } => {
  const description =
    own[`${place}.${name}`] ??
    (typeof described === 'string' ? described : undefined) ??
    (io === 'input' ? given[name] : undefined) ??
    common[name];
  return description === undefined ? {} : { description };
};

export const describeParameter = (operation: string, name: string, described: unknown): string | undefined =>
  parameters[`${operation}.${name}`] ?? (typeof described === 'string' ? described : undefined) ?? parameters[name];

/** The entries that describe a field of one schema or a parameter of one operation, so that a test finds those that describe nothing. */
export const ownFields = Object.keys(own);
