import { parseAmount } from '../parts/amount.ts';
import { partTexts } from '../parts/texts.ts';
import type { PoolDraft } from './pool-fields.tsx';
import { poolsTexts as texts } from './texts.ts';

/** What a draft lacks, by JSON Pointer as the API would name it. */
export const missingInPool = ({ name, limit }: PoolDraft): Record<string, string> => ({
  ...(name.trim() === '' && { '/name': texts.giveName }),
  ...(parseAmount(limit) === undefined && { '/monthlyLimit': partTexts.notAnAmount }),
});

/** Fields of the API that these dialogs show, and refusals that name none. */
export const poolPointers = ['/name', '/monthlyLimit', '/defaultOwnerId', '/parentId'];
export const poolRefusals = {
  pool_name_taken: '/name',
  pool_path_too_long: '/name',
  pool_too_deep: '/parentId',
} as const;
