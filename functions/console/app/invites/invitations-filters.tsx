import FormField from '@cloudscape-design/components/form-field';
import Grid from '@cloudscape-design/components/grid';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import type { CallOf } from '../data/client.ts';
import { invitationsTexts as texts } from './texts.ts';

export type InvitationFilters = Pick<NonNullable<CallOf<'listInvites'>['query']>, 'search' | 'status'>;

const anyStatus = { value: '', label: texts.anyStatus };
const statusOptions = [anyStatus, ...Object.entries(texts.statusOf).map(([value, label]) => ({ value, label }))];

interface InvitationsFiltersProps {
  filters: InvitationFilters;
  onChange: (chosen: InvitationFilters) => void;
}

export const InvitationsFilters = ({ filters, onChange }: InvitationsFiltersProps) => (
  <Grid gridDefinition={[{ colspan: { default: 12, xs: 8 } }, { colspan: { default: 12, xs: 4 } }]}>
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
        selectedOption={statusOptions.find(({ value }) => value === filters.status) ?? anyStatus}
        options={statusOptions}
        onChange={({ detail }) =>
          onChange({ status: (detail.selectedOption.value || undefined) as InvitationFilters['status'] })
        }
      />
    </FormField>
  </Grid>
);
