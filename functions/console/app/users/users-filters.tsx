import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Grid from '@cloudscape-design/components/grid';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { roleDefinitions, roles, type Role } from '../../../../shared/roles/role.ts';
import { PoolSelect } from '../parts/pool-select.tsx';
import { usersTexts as texts } from './texts.ts';

export interface UserFilters {
  /** Absent: active users. */
  status?: 'removed' | undefined;
  search?: string | undefined;
  role?: Role | undefined;
  poolId?: string | undefined;
  domain?: string | undefined;
  /** Absent: by name. Deleted users are always sorted by when they were deleted. */
  sort?: 'joined' | undefined;
}

export const filterNames = ['status', 'search', 'role', 'poolId', 'domain', 'sort'] as const;

/** Clears the filters, but keeps the status and the order. */
export const noFilters: UserFilters = { search: undefined, role: undefined, poolId: undefined, domain: undefined };

export const isFiltered = ({ search, role, poolId, domain }: UserFilters): boolean =>
  [search, role, poolId, domain].some(Boolean);

const anyRole = { value: '', label: texts.anyRole };
const byName = { value: '', label: texts.sortOf.name };
const byJoining = { value: 'joined', label: texts.sortOf.joined };
const active = { value: '', label: texts.statusOf.active };
const deleted = { value: 'removed', label: texts.statusOf.removed };
const roleOptions = [anyRole, ...roles.map((role) => ({ value: role, label: roleDefinitions[role].name }))];

interface UsersFiltersProps {
  filters: UserFilters;
  onChange: (chosen: UserFilters) => void;
}

/** The filters of both lists, of active and of deleted users. */
export const UsersFilters = (props: UsersFiltersProps) => (
  <SpaceBetween size="xs">
    <CommonFilters {...props} />
    <MoreFilters {...props} />
  </SpaceBetween>
);

const CommonFilters = ({ filters, onChange }: UsersFiltersProps) => (
  <Grid
    gridDefinition={[
      { colspan: { default: 12, s: 4 } },
      { colspan: { default: 6, s: 2 } },
      { colspan: { default: 6, s: 3 } },
      { colspan: { default: 12, s: 3 } },
    ]}
  >
    <FormField label={texts.searchLabel} stretch>
      <Input
        type="search"
        value={filters.search ?? ''}
        placeholder={texts.search}
        onChange={({ detail }) => onChange({ search: detail.value })}
      />
    </FormField>
    <FormField label={texts.status} stretch>
      <Select
        selectedOption={filters.status === 'removed' ? deleted : active}
        options={[active, deleted]}
        onChange={({ detail }) =>
          onChange({ status: (detail.selectedOption.value || undefined) as UserFilters['status'], sort: undefined })
        }
      />
    </FormField>
    <FormField label={texts.role} stretch>
      <Select
        selectedOption={roleOptions.find(({ value }) => value === filters.role) ?? anyRole}
        options={roleOptions}
        onChange={({ detail }) => onChange({ role: (detail.selectedOption.value || undefined) as Role | undefined })}
      />
    </FormField>
    <FormField label={texts.pool} stretch>
      <PoolSelect value={filters.poolId} none={texts.anyPool} onChange={(poolId) => onChange({ poolId })} />
    </FormField>
  </Grid>
);

const MoreFilters = ({ filters, onChange }: UsersFiltersProps) => (
  <ExpandableSection
    variant="inline"
    headerText={texts.moreFilters}
    defaultExpanded={filters.domain !== undefined || filters.sort !== undefined}
  >
    <Grid gridDefinition={[{ colspan: { default: 12, xs: 6, s: 4 } }, { colspan: { default: 12, xs: 6, s: 4 } }]}>
      <FormField label={texts.domain} stretch>
        <Input
          type="search"
          value={filters.domain ?? ''}
          placeholder={texts.domainHint}
          onChange={({ detail }) => onChange({ domain: detail.value })}
        />
      </FormField>
      {filters.status !== 'removed' && (
        <FormField label={texts.sort} stretch>
          <Select
            selectedOption={filters.sort === 'joined' ? byJoining : byName}
            options={[byName, byJoining]}
            onChange={({ detail }) =>
              onChange({ sort: (detail.selectedOption.value || undefined) as UserFilters['sort'] })
            }
          />
        </FormField>
      )}
    </Grid>
  </ExpandableSection>
);
