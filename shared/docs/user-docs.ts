import { exampleIds, exampleManager, exampleRole, exampleUser } from './examples.ts';
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
  restoreUser: {
    tag: 'Users',
    summary: 'Restore a removed user',
    description:
      'Brings a removed user back with the roles that they had and with exactly those assets that nobody has reassigned since the removal.',
    example: { response: { ...exampleUser, version: 6 } },
  },
};
