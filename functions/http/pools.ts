import { createPool } from '../../shared/pools/create-pool.ts';
import { getPool } from '../../shared/pools/get-pool.ts';
import { listPools } from '../../shared/pools/list-pools.ts';
import { poolRoutes } from '../../shared/pools/pool-routes.ts';
import { lambda } from './lambda.ts';

export const handler = lambda(poolRoutes, { listPools, createPool, getPool });
