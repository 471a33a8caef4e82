import { createPool } from '../../shared/pools/create-pool.ts';
import { deletePool } from '../../shared/pools/delete-pool.ts';
import { getPool } from '../../shared/pools/get-pool.ts';
import { listPoolUsers } from '../../shared/pools/list-pool-users.ts';
import { listPools } from '../../shared/pools/list-pools.ts';
import { poolRoutes } from '../../shared/pools/pool-routes.ts';
import { updatePool } from '../../shared/pools/update-pool.ts';
import { lambda } from './lambda.ts';

export const handler = lambda(poolRoutes, { listPools, createPool, getPool, updatePool, deletePool, listPoolUsers });
