import { useState } from 'react';
import { callApi, type CallOf } from '../data/client.ts';
import { useChange } from '../data/use-change.ts';
import { useOrganization } from '../organization/use-organization.ts';
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

/** `version`: what the form was filled from. */
export const useSaveOrganization = (version: number) => {
  const { params } = useOrganization();
  const change = useChange('updateOrganization', { changes: [...changes], done: () => texts.saved });
  const [known, setKnown] = useState(version);
  return {
    error: change.error,
    busy: change.isPending,
    save: async (body: CallOf<'updateOrganization'>['body']) => {
      try {
        const saved = await change.mutateAsync({ call: { params, body }, options: { ifMatch: `"${known}"` } });
        setKnown(saved.version);
      } catch {
        // It is in `error`.
      }
    },
    /** After a 412: what is there now is what the next save replaces. */
    reload: async () => {
      setKnown((await callApi('getOrganization', { params })).version);
      change.reset();
    },
  };
};
