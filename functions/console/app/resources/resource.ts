import type { RouteName } from '../../../../shared/api/routes.ts';
import type { ValueOf } from '../data/client.ts';

export type Resource = ValueOf<'listResources'>['items'][number];

/** Answers that tell of resources. */
export const resourceChanges: RouteName[] = ['listResources', 'getResource', 'getUserAssets'];
