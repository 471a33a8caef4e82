import { callApi, type CallOf } from '../data/client.ts';
import { useChange } from '../data/use-change.ts';
import { useOrganization } from '../organization/use-organization.ts';
import type { Draft } from '../parts/use-draft.ts';
import { settingsTexts as texts } from './texts.ts';

/** The root pool carries the name too, and roles say the names of their pools. */
const changes = [
  'getOrganization',
  'listOrganizations',
  'listPools',
  'listUsers',
  'getUser',
  'getMyUser',
  'listInvites',
] as const;

export const useSaveOrganization = (draft: Pick<Draft, 'version' | 'rebase' | 'sent'>) => {
  const { params } = useOrganization();
  const change = useChange('updateOrganization', { changes: [...changes], done: () => texts.saved });
  return {
    error: change.error,
    busy: change.isPending,
    save: async (body: CallOf<'updateOrganization'>['body']) => {
      try {
        const saved = await change.mutateAsync({ call: { params, body }, options: { ifMatch: `"${draft.version}"` } });
        draft.rebase(saved.version);
        draft.sent();
      } catch {
        // It is in `error`.
      }
    },
    /** After a 412: what is there now is what the next save replaces. */
    reload: async () => {
      draft.rebase((await callApi('getOrganization', { params })).version);
      change.reset();
    },
  };
};
