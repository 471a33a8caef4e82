import { exampleIds, exampleManager, exampleOrganization, exampleRole, exampleUser } from './examples.ts';
import { usersPerRequestMax } from '../limits.ts';
import type { Output } from '../api/route.ts';
import type { DocsOf } from './route-docs.ts';
import type { userRoutes } from '../users/user-routes.ts';

const removedAt = '2026-11-28T10:00:00.000Z';

const removal: Output<typeof userRoutes.removeUser> = {
  user: { ...exampleUser, status: 'removed', removedAt, successorId: exampleManager.id },
  successor: {
    ...exampleManager,
    takenOverFrom: [{ id: exampleUser.id, name: exampleUser.name, at: removedAt }],
    takenOverCount: 1,
  },
  takenOver: { pools: 2 },
  serviceAccounts: [],
};

export const userDocs: DocsOf<typeof userRoutes> = {
  listUsers: {
    tag: 'Users',
    summary: 'List users',
    description:
      'Lists the active users of the organization by name or by when they joined, or the users who were removed. A search lists them by the words that it found. The filters can be combined: one of them selects an index, the others filter its pages, so that a page may be short.',
    example: { response: { items: [exampleUser, exampleManager] } },
  },
  getMyUser: {
    tag: 'Users',
    summary: 'Get the caller as a user',
    description:
      'Returns the caller’s user in the organization and the actions that the caller may take, and where. A service account is not a user, so it gets `user_not_found`.',
    example: {
      response: {
        ...exampleUser,
        permissions: [
          { action: 'read', anywhere: true, pools: [] },
          { action: 'edit_resource', anywhere: false, pools: [{ poolId: exampleIds.poolId, reach: 'own' }] },
        ],
        addressesHidden: false,
      },
    },
  },
  getUser: {
    tag: 'Users',
    summary: 'Get a user',
    description: 'Returns a user. A removed user remains as a record that names the successor.',
    example: { response: exampleUser },
  },
  getUserAssets: {
    tag: 'Users',
    summary: 'Preview what a removal would hand over',
    description:
      'Counts what a removal would hand over to the successor. With `me` as the user id, it counts what leaving would hand over. For a removed user, it counts what restoring the user would return.',
    example: {
      response: {
        user: { id: exampleUser.id, name: exampleUser.name },
        exact: true,
        resources: { count: 12, monthlyCost: 1_840.25 },
        currency: exampleOrganization.currency,
        pools: { count: 1 },
        policies: { owned: 0, naming: 1 },
        dataSources: { count: 1 },
        byPool: [{ poolId: exampleIds.poolId, path: 'Acme / Web', count: 12, monthlyCost: 1_840.25 }],
        pendingInvites: { count: 0 },
      },
    },
  },
  changeRoles: {
    tag: 'Users',
    summary: 'Replace the roles of a user',
    description:
      'Replaces all role assignments of a user by the given ones. The user is notified by email. The last organization manager who can sign in cannot be demoted.',
    example: {
      body: { roles: [exampleRole, { role: 'member' }] },
      response: { ...exampleUser, roles: [...exampleUser.roles, { role: 'member' }], roleCount: 2, version: 5 },
    },
  },
  adjustRoles: {
    tag: 'Users',
    summary: 'Add and remove roles of a user',
    description:
      'Removes some role assignments of a user and adds others. Those that the request does not name stay as they are, also if they change at the same time. An added role replaces the role that the user has on the same pool, or on the organization. A user who would be left without roles becomes a member.',
    example: {
      body: { add: [{ role: 'member' }], remove: [{ role: 'manager', poolId: exampleIds.rootPoolId }] },
      response: { ...exampleUser, roles: [...exampleUser.roles, { role: 'member' }], roleCount: 2, version: 5 },
    },
  },
  changeRolesOfUsers: {
    tag: 'Users',
    summary: 'Change the roles of several users',
    description: `Adds, removes or replaces roles of up to ${usersPerRequestMax} users and returns one result for each. A user whose roles cannot be changed does not affect the others. The last organization manager who can sign in is not demoted, whichever order the users are in. The caller is changed last. With \`dryRun\`, nothing is stored or sent, and the results say what would happen.`,
    example: {
      body: { action: 'add', roles: [{ role: 'member' }], userIds: [exampleUser.id, 'usr_unknown'] },
      response: {
        results: [
          {
            id: exampleUser.id,
            ok: true,
            user: { ...exampleUser, roles: [...exampleUser.roles, { role: 'member' }], roleCount: 2, version: 5 },
          },
          { id: 'usr_unknown', ok: false, code: 'user_not_found' },
        ],
      },
    },
  },
  leaveOrganization: {
    tag: 'Users',
    summary: 'Leave the organization',
    description:
      'Removes the caller from the organization. The successor takes over everything that the caller owns, and is notified by email.',
    example: { response: removal },
  },
  removeUser: {
    tag: 'Users',
    summary: 'Remove a user',
    description:
      'Removes a user from the organization. The successor takes over everything that the user owns in the same transaction, however many assets there are. Removing a user again with the same successor has no further effect and returns the same.',
    example: { response: removal },
  },
  removeUsers: {
    tag: 'Users',
    summary: 'Remove several users',
    description: `Removes up to ${usersPerRequestMax} users with one successor, who takes over everything that they own, and returns one result for each. A user who cannot be removed does not affect the others. The successor cannot be among the users to remove. The caller is removed last. The request can be repeated: a user who was removed with the same successor before has the same result again. With \`dryRun\`, nothing is stored or sent, and the results say what would happen.`,
    example: {
      body: { userIds: [exampleUser.id], successorId: exampleManager.id },
      response: {
        results: [
          {
            id: exampleUser.id,
            ok: true,
            user: removal.user,
            takenOver: removal.takenOver,
            serviceAccounts: removal.serviceAccounts,
          },
        ],
        successor: removal.successor,
      },
    },
  },
  restoreUser: {
    tag: 'Users',
    summary: 'Restore a removed user',
    description:
      'Brings a removed user back with the roles that they had and with exactly those assets that nobody has reassigned since the removal.',
    example: { response: { ...exampleUser, version: 6 } },
  },
};
