import {
  exampleIds,
  exampleManager,
  examplePool,
  exampleRootPool,
  exampleUnlimitedPool,
  exampleUser,
} from './examples.ts';
import type { DocsOf } from './route-docs.ts';
import type { poolRoutes } from '../pools/pool-routes.ts';

export const poolDocs: DocsOf<typeof poolRoutes> = {
  listPools: {
    tag: 'Pools',
    summary: 'List pools',
    description: 'Lists all pools of the organization in one response. Each pool comes after its parent.',
    example: { response: { items: [exampleRootPool, examplePool] } },
  },
  createPool: {
    tag: 'Pools',
    summary: 'Create a pool',
    description:
      'Creates a pool below another. Names are unique among the pools with the same parent, regardless of case and spacing.',
    example: {
      body: { name: 'Web', parentId: exampleIds.rootPoolId, monthlyLimit: 12_000 },
      response: { ...examplePool, version: 1 },
    },
  },
  getPool: {
    tag: 'Pools',
    summary: 'Get a pool',
    description: 'Returns a pool with its path from the root pool.',
    example: { response: examplePool },
  },
  updatePool: {
    tag: 'Pools',
    summary: 'Change or move a pool',
    description:
      'Renames a pool, sets its limit or its default owner, or moves it and everything below it to another parent. Fields that are absent stay as they are.',
    example: { body: { monthlyLimit: null }, response: { ...exampleUnlimitedPool, version: 3 } },
  },
  deletePool: {
    tag: 'Pools',
    summary: 'Delete a pool',
    description:
      'Deletes a pool that has no pools below it. Its resources move to its parent, and roles on it are dropped from users and pending invites.',
    example: {},
  },
  listPoolUsers: {
    tag: 'Pools',
    summary: 'List who has access to a pool',
    description:
      'Lists the users whose roles allow them more in this pool than reading, and the pool through which each role reaches it. A user appears once for each of these roles.',
    example: {
      response: {
        items: [
          {
            user: { id: exampleManager.id, name: exampleManager.name, email: exampleManager.email },
            role: 'organization_manager',
          },
          {
            user: { id: exampleUser.id, name: exampleUser.name, email: exampleUser.email },
            role: 'engineer',
            through: { poolId: exampleIds.poolId, poolName: examplePool.name },
          },
        ],
      },
    },
  },
};
