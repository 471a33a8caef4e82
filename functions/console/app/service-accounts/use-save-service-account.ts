import { useChange } from '../data/use-change.ts';
import { readAll } from '../data/use-pages.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { toAssignments, type RoleDraft } from '../parts/role-draft.ts';
import type { Draft } from '../parts/use-draft.ts';
import type { ServiceAccount } from './service-account.ts';
import { serviceAccountsTexts as texts } from './texts.ts';

export interface ServiceAccountDraft {
  /** The name and the client ID of a new service account. They cannot be changed later. */
  name: string;
  clientId: string;
  roles: RoleDraft[];
}

/** The invitations that the machine sent also change: if it loses the right to invite, somebody else becomes responsible for them. */
const changes = ['listServiceAccounts', 'listInvites'] as const;

/** Creates a service account, or changes the roles of the given one. */
export const useSaveServiceAccount = (account: ServiceAccount | undefined, input: Draft<ServiceAccountDraft>) => {
  const { params } = useOrganization();
  const create = useChange('createServiceAccount', { changes: [...changes], done: ({ name }) => texts.created(name) });
  const update = useChange('changeServiceAccountRoles', {
    changes: [...changes],
    done: ({ name }) => texts.changed(name),
  });
  const { error, isPending, reset } = account ? update : create;

  const send = ({ name, clientId, roles: drafts }: ServiceAccountDraft): Promise<unknown> => {
    const roles = toAssignments(drafts);
    if (!account)
      return create.mutateAsync({ call: { params, body: { name: name.trim(), clientId: clientId.trim(), roles } } });
    const call = { params: { ...params, serviceAccountId: account.id }, body: { roles } };
    return update.mutateAsync({ call, options: { ifMatch: `"${input.version}"` } });
  };

  return {
    error,
    busy: isPending,
    /** Resolves to whether the API accepted the draft. */
    save: (draft: ServiceAccountDraft): Promise<boolean> => input.send(send(draft)),
    /** After a 412 response, reads the current version, so that the next save replaces it. */
    reload: async () => {
      const current = (await readAll('listServiceAccounts', { params })).find(({ id }) => id === account?.id);
      if (current) input.rebase(current.version);
      reset();
    },
  };
};
