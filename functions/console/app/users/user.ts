import type { ValueOf } from '../data/client.ts';

export type User = ValueOf<'listUsers'>['items'][number];
export type UserAssets = ValueOf<'getUserAssets'>;
