import type { RouteName } from '../../../../shared/api/routes.ts';
import type { ValueOf } from '../data/client.ts';

export type Resource = ValueOf<'listResources'>['items'][number];

/** The routes whose responses a change of a resource makes stale. */
export const resourceChanges: RouteName[] = ['listResources', 'getResource', 'getUserAssets'];
