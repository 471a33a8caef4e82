import { callApi, type CallOf } from '../data/client.ts';
import { useChange } from '../data/use-change.ts';
import { useOrganization } from '../organization/use-organization.ts';
import type { Draft } from '../parts/use-draft.ts';
import { settingsTexts as texts } from './texts.ts';

/** The root pool has the name of the organization, and these responses contain names of pools. */
const changes = [
  'getOrganization',
  'listOrganizations',
  'listPools',
  'listUsers',
  'getUser',
  'getMyUser',
  'listInvites',
] as const;

export const useSaveOrganization = (draft: Pick<Draft, 'version' | 'rebase' | 'send'>) => {
  const { params } = useOrganization();
  const change = useChange('updateOrganization', { changes: [...changes], done: () => texts.saved });
  return {
    error: change.error,
    busy: change.isPending,
    save: (body: CallOf<'updateOrganization'>['body']) =>
      draft.send(
        change
          .mutateAsync({ call: { params, body }, options: { ifMatch: `"${draft.version}"` } })
          .then(({ version }) => draft.rebase(version)),
      ),
    /** After a 412 response, reads the current version, so that the next save replaces it. */
    reload: async () => {
      draft.rebase((await callApi('getOrganization', { params })).version);
      change.reset();
    },
  };
};
