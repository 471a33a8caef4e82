import { parseAmount } from '../parts/amount.ts';
import { partTexts } from '../parts/texts.ts';
import type { PoolDraft } from './pool-fields.tsx';
import { poolsTexts as texts } from './texts.ts';

/** Errors for fields that are empty or invalid, by the JSON Pointers that the API would use. */
export const missingInPool = ({ name, limit }: PoolDraft): Record<string, string> => ({
  ...(name.trim() === '' && { '/name': texts.giveName }),
  ...(parseAmount(limit) === undefined && { '/monthlyLimit': partTexts.notAnAmount }),
});

/** The JSON Pointers of the fields in these dialogs, and the field to which each error code without a pointer belongs. */
export const poolPointers = ['/name', '/monthlyLimit', '/defaultOwnerId', '/parentId'];
export const poolRefusals = {
  pool_name_taken: '/name',
  pool_path_too_long: '/name',
  pool_too_deep: '/parentId',
} as const;
