import type { Operation } from '../api/route.ts';
import { ok } from '../result.ts';
import type { platformRoutes } from './platform-routes.ts';

export const getHealth: Operation<typeof platformRoutes.getHealth> = () => async () => ok({ status: 'ok' });
