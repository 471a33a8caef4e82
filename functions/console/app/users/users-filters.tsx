import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { roleDefinitions, roles, type Role } from '../../../../shared/roles/role.ts';
import { Filters } from '../parts/filters.tsx';
import { PoolSelect } from '../parts/pool-select.tsx';
import { useAddressesHidden } from '../rights/use-addresses-hidden.ts';
import { usersTexts as texts } from './texts.ts';

export interface UserFilters {
  /** Undefined: active users. */
  status?: 'removed' | undefined;
  search?: string | undefined;
  role?: Role | undefined;
  poolId?: string | undefined;
  domain?: string | undefined;
  /** Undefined: by name. Deleted users are always sorted by the time of their deletion. */
  sort?: 'joined' | undefined;
}

export const filterNames = ['status', 'search', 'role', 'poolId', 'domain', 'sort'] as const;

/** The change that clears the filters. It keeps the status and the order. */
export const noFilters: UserFilters = { search: undefined, role: undefined, poolId: undefined, domain: undefined };

export const isFiltered = ({ search, role, poolId, domain }: UserFilters): boolean =>
  [search, role, poolId, domain].some(Boolean);

const statusOptions: Option<'removed'>[] = [
  { value: '', label: texts.statusOf.active },
  { value: 'removed', label: texts.statusOf.removed },
];
const roleOptions: Option<Role>[] = [
  { value: '', label: texts.anyRole },
  ...roles.map((role) => ({ value: role, label: roleDefinitions[role].name })),
];
const sortOptions: Option<'joined'>[] = [
  { value: '', label: texts.sortOf.name },
  { value: 'joined', label: texts.sortOf.joined },
];

interface UsersFiltersProps {
  filters: UserFilters;
  onChange: (chosen: UserFilters) => void;
}

/** The filters of the lists of active and of deleted users: one row, or two on a medium screen. */
export const UsersFilters = ({ filters, onChange }: UsersFiltersProps) => {
  const hidden = useAddressesHidden();
  return (
    <Filters set={isFiltered(filters) || filters.sort !== undefined}>
      <div className="filters">
        <FormField label={texts.searchLabel} stretch>
          <Input
            type="search"
            value={filters.search ?? ''}
            placeholder={hidden ? texts.searchNames : texts.search}
            onChange={({ detail }) => onChange({ search: detail.value })}
          />
        </FormField>
        <OptionFilter
          label={texts.status}
          options={statusOptions}
          value={filters.status}
          onChange={(status) => onChange({ status, sort: undefined })}
        />
        <OptionFilter
          label={texts.role}
          options={roleOptions}
          value={filters.role}
          onChange={(role) => onChange({ role })}
        />
        <FormField label={texts.pool} stretch>
          <PoolSelect value={filters.poolId} none={texts.anyPool} onChange={(poolId) => onChange({ poolId })} />
        </FormField>
        {!hidden && (
          <FormField label={texts.domain} stretch>
            <Input
              type="search"
              value={filters.domain ?? ''}
              placeholder={texts.domainHint}
              onChange={({ detail }) => onChange({ domain: detail.value })}
            />
          </FormField>
        )}
        {filters.status !== 'removed' && (
          <OptionFilter
            label={texts.sort}
            options={sortOptions}
            value={filters.sort}
            onChange={(sort) => onChange({ sort })}
          />
        )}
      </div>
    </Filters>
  );
};

/** An option of a filter. The empty value turns the filter off. */
interface Option<T extends string> {
  value: T | '';
  label: string;
}

interface OptionFilterProps<T extends string> {
  label: string;
  /** The first option is the one with the empty value. */
  options: Option<T>[];
  value: T | undefined;
  onChange: (value: T | undefined) => void;
}

const OptionFilter = <T extends string>({ label, options, value, onChange }: OptionFilterProps<T>) => (
  <FormField label={label} stretch>
    <Select
      selectedOption={options.find((option) => option.value === value) ?? options[0] ?? null}
      options={options}
      onChange={({ detail }) => onChange((detail.selectedOption.value || undefined) as T | undefined)}
    />
  </FormField>
);
