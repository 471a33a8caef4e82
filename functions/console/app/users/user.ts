import { rowRolesMax } from '../../../../shared/limits.ts';
import type { ValueOf } from '../data/client.ts';

export type User = ValueOf<'listUsers'>['items'][number];
/** Whether a list shows only some of the user's roles. */
export const isShortened = ({ roleCount }: User): boolean => roleCount > rowRolesMax;

export type UserAssets = ValueOf<'getUserAssets'>;
/** What one or more users own together. */
export type OwnedTotals = Omit<UserAssets, 'user'>;
