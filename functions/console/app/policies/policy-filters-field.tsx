import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useDataSources } from '../data-sources/use-data-sources.ts';
import { usePools } from '../organization/use-pools.ts';
import { PoolSelect } from '../parts/pool-select.tsx';
import { UserSelect, type UserOption } from '../parts/user-select.tsx';
import { FilterValues } from './filter-values.tsx';
import type { PolicyFilters } from './policy.ts';
import { ResourceTypeInput } from './resource-type-input.tsx';
import { filterTexts as texts } from './texts.ts';

interface PolicyFiltersFieldProps {
  value: PolicyFilters;
  /** The names of the users, pools and data sources in the saved filters, by id. */
  names: Record<string, string>;
  onChange: (filters: PolicyFilters) => void;
  /** Returns the error text of a field by its JSON Pointer: `/filters/ownerIds`. */
  errorAt: (pointer: string) => string | undefined;
}

export const filterPointers = ['ownerIds', 'poolIds', 'dataSourceIds', 'resourceTypes'].map(
  (name) => `/filters/${name}`,
);

/** The fields that restrict a policy to some resources. Without any filter, it applies to all. */
export const PolicyFiltersField = ({ value, names, onChange, errorAt }: PolicyFiltersFieldProps) => {
  const { data: sources = [], isPending } = useDataSources();
  const { tree } = usePools();
  const [chosenUsers, setChosenUsers] = useState<Record<string, string>>({});
  const nameOf = (id: string) =>
    chosenUsers[id] ?? tree.get(id)?.name ?? sources.find((source) => source.id === id)?.name ?? names[id] ?? id;
  const choose = ({ id, name }: UserOption) => {
    setChosenUsers({ ...chosenUsers, [id]: name });
    return id;
  };
  const condition = (name: keyof PolicyFilters) => ({
    label: texts[name],
    values: value[name],
    errorText: errorAt(`/filters/${name}`),
    onChange: (values: string[]) => onChange({ ...value, [name]: values }),
  });

  return (
    <ExpandableSection
      headerText={texts.title}
      headerDescription={texts.text}
      defaultExpanded={Object.keys(value).length > 0}
    >
      <SpaceBetween size="s">
        <FilterValues
          {...condition('ownerIds')}
          show={nameOf}
          adder={(add) => <UserSelect value={undefined} onChange={(user) => user && add(choose(user))} />}
        />
        <FilterValues
          {...condition('poolIds')}
          show={nameOf}
          adder={(add) => <PoolSelect value={undefined} onChange={(id) => id !== undefined && add(id)} />}
        />
        <FilterValues
          {...condition('dataSourceIds')}
          show={nameOf}
          adder={(add) => (
            <Select
              selectedOption={null}
              options={sources.map(({ id, name, accountId }) => ({ value: id, label: name, description: accountId }))}
              placeholder={texts.chooseDataSource}
              empty={texts.noDataSource}
              statusType={isPending ? 'loading' : 'finished'}
              onChange={({ detail }) => add(detail.selectedOption.value ?? '')}
            />
          )}
        />
        <FilterValues
          {...condition('resourceTypes')}
          show={(type) => type}
          adder={(add) => <ResourceTypeInput onAdd={add} />}
        />
      </SpaceBetween>
    </ExpandableSection>
  );
};
