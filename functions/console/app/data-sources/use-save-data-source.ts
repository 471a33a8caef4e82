import { callApi } from '../data/client.ts';
import { useChange } from '../data/use-change.ts';
import { useOrganization } from '../organization/use-organization.ts';
import type { Draft } from '../parts/use-draft.ts';
import type { Owner } from '../parts/owner-field.tsx';
import type { DataSource, DataSourceType } from './data-source.ts';
import { dataSourcesTexts as texts } from './texts.ts';

export interface DataSourceDraft {
  /** Used only for a new data source, because the type cannot be changed later. */
  type: DataSourceType;
  name: string;
  accountId: string;
  /** Undefined leaves the owner unchanged. For a new data source, it makes the caller the owner. */
  owner: Owner | undefined;
}

const changes = ['listDataSources', 'getDataSource', 'getUserAssets'] as const;

/** Connects a new data source, or changes the given one. */
export const useSaveDataSource = (source: DataSource | undefined, input: Draft<DataSourceDraft>) => {
  const { params } = useOrganization();
  const create = useChange('createDataSource', { changes: [...changes], done: ({ name }) => texts.created(name) });
  const update = useChange('updateDataSource', { changes: [...changes], done: ({ name }) => texts.changed(name) });
  const { error, isPending, reset } = source ? update : create;

  const send = ({ type, name, accountId, owner }: DataSourceDraft) => {
    const change = { name, ...(owner && { ownerId: owner.id }) };
    if (source)
      return update.mutateAsync({
        call: { params: { ...params, dataSourceId: source.id }, body: change },
        options: { ifMatch: `"${input.version}"` },
      });
    return create.mutateAsync({ call: { params, body: { type, accountId, ...change } } });
  };

  return {
    error,
    busy: isPending,
    /** Resolves to whether the API accepted the draft. */
    save: (draft: DataSourceDraft): Promise<boolean> => input.send(send(draft)),
    /** After a 412 response, reads the current version, so that the next save replaces it. */
    reload: async () => {
      if (!source) return;
      input.rebase((await callApi('getDataSource', { params: { ...params, dataSourceId: source.id } })).version);
      reset();
    },
  };
};
